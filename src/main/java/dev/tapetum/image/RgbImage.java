package dev.tapetum.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * An image of 8-bit sRGB pixels.
 *
 * <p>Pixel (x, y) has its red sample at {@code 3 * (y * width + x)}, followed by green and blue, each an unsigned byte.
 * The array is not copied, because images are large and pass through many hands: whoever makes an image gives its array
 * away, and nobody writes to it afterwards.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb the samples, row by row from the top, {@code 3 * width * height} of them
 */
public record RgbImage(int width, int height, byte[] rgb) {
    /** The most pixels that an image can have, because its samples lie in one Java array. */
    public static final long MAX_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    public RgbImage {
        Objects.requireNonNull(rgb);

        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An image has at least one pixel, not " + width + "x" + height);
        }

        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("An RGB image of " + width + "x" + height + " has " + 3L * width * height
                    + " samples, not " + rgb.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage that
                && width == that.width
                && height == that.height
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + "x" + height + "]";
    }
}
