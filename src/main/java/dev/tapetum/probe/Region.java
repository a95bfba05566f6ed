package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;

/** A set of pixels of an image, the same in all channels. */
public sealed interface Region permits Rectangle, RankedPixels {

    /**
     * Writes a one for every pixel of the region.
     *
     * @param mask zeros, at least {@code start + } {@link InputSpec#pixels()} of them
     * @param start where the image's first pixel is
     * @throws IllegalArgumentException if the region reaches beyond the image
     */
    void paint(float[] mask, int start, InputSpec input);
}
