package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;

/** A set of pixels of an image, the same in all channels; a soft one has some pixels in part. */
public sealed interface Region permits Rectangle, RankedPixels, LabelledPixels, CoarseMask {

    /**
     * Writes for every pixel of the region how much of it belongs there, up to one.
     *
     * @param mask zeros, at least {@code start + } {@link InputSpec#pixels()} of them
     * @param start where the image's first pixel is
     * @throws IllegalArgumentException if the region reaches beyond the image
     */
    void paint(float[] mask, int start, InputSpec input);
}
