package dev.tapetum.image;

/**
 * A change of an image's pixels that is computed on the JVM. It is a pure function, and equal edits make equal pixels: an
 * edit is a record of everything that it depends on, the seed of its random numbers included.
 */
public interface PixelEdit {

    /**
     * The changed image.
     *
     * @param image never written to
     * @return an image of the same shape with values from 0 to 1
     */
    PlanarImage apply(PlanarImage image);
}
