package dev.tapetum.image;

import java.util.Objects;

/**
 * An image as numbers on the scale from 0 (black) to 1 (white), plane by plane: the value of channel c, row y and column x
 * lies at {@code (c · height + y) · width + x}. What a model sees before its normalisation.
 *
 * <p>The array is not copied: whoever makes an image gives its array away, and nobody writes to it afterwards.
 *
 * @param values {@code channels · height · width} of them
 */
public record PlanarImage(int channels, int height, int width, float[] values) {

    public PlanarImage {
        Objects.requireNonNull(values, "values");
        if (channels < 1 || height < 1 || width < 1 || values.length != (long) channels * height * width) {
            throw new IllegalArgumentException(
                    values.length + " values for an image of " + channels + "x" + height + "x" + width);
        }
    }

    /** Pixels in one channel. */
    public int pixels() {
        return height * width;
    }

    /** The value at a place. */
    public float at(int channel, int row, int column) {
        return values[(channel * height + row) * width + column];
    }

    /** An image of the same shape with other values. */
    public PlanarImage with(float[] others) {
        return new PlanarImage(channels, height, width, others);
    }

    /** An image of 8-bit pixels on this scale. */
    public static PlanarImage of(RgbImage image) {
        byte[] rgb = image.rgb();
        int pixels = image.width() * image.height();
        float[] values = new float[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3; c++) {
                values[c * pixels + i] = (rgb[3 * i + c] & 0xFF) / 255f;
            }
        }

        return new PlanarImage(3, image.height(), image.width(), values);
    }

    /** The nearest image of 8-bit pixels; one channel becomes grey. */
    public RgbImage toRgb() {
        if (channels != 1 && channels != 3) {
            throw new IllegalStateException("An image of " + channels + " channels has no colours");
        }

        byte[] rgb = new byte[3 * pixels()];
        for (int i = 0; i < pixels(); i++) {
            for (int c = 0; c < 3; c++) {
                float value = values[(channels == 1 ? 0 : c) * pixels() + i];
                rgb[3 * i + c] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
        }

        return new RgbImage(width, height, rgb);
    }
}
