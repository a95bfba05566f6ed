package dev.tapetum.image;

import org.jspecify.annotations.Nullable;

/**
 * A property of an image that is measured on its pixels, on the scale from 0 to 1 of {@link PlanarImage}. Every measure is a
 * mean over pixels, of all or of those in a region by their share in it; NaN where there are none.
 */
public enum PixelMeasure {
    /** Mean of Rec. 601 luma, {@code 0.299 R + 0.587 G + 0.114 B}; of an image without colours, of its first channel. */
    LUMINANCE,
    /** Standard deviation of the luma over the pixels. */
    CONTRAST,
    /** Mean of {@code max(R, G, B) − min(R, G, B)}. */
    COLOURFULNESS,
    /** Mean modulus of the luma's discrete Laplacian (four neighbours, the border repeated). */
    SHARPNESS,
    /** Mean of {@code R − (G + B) / 2}. */
    REDNESS,
    /** Mean of {@code G − (R + B) / 2}. */
    GREENNESS,
    /** Mean of {@code B − (R + G) / 2}. */
    BLUENESS,
    /** Mean of {@code (R + G) / 2 − B}. */
    YELLOWNESS;

    /**
     * Measures an image.
     *
     * @param region the share of each pixel, from 0 to 1; null for all pixels
     */
    public double of(PlanarImage image, float @Nullable [] region) {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < image.pixels(); i++) {
            double weight = region == null ? 1 : region[i];
            if (weight > 0) {
                double value = value(image, i);
                weights += weight;
                sum += weight * value;
                squares += weight * value * value;
            }
        }

        double mean = sum / weights;
        return this == CONTRAST ? Math.sqrt(Math.max(0, squares / weights - mean * mean)) : mean;
    }

    private double value(PlanarImage image, int pixel) {
        float[] values = image.values();
        int pixels = image.pixels();
        boolean coloured = image.channels() == 3;
        double red = values[pixel];
        double green = coloured ? values[pixels + pixel] : red;
        double blue = coloured ? values[2 * pixels + pixel] : red;
        return switch (this) {
            case LUMINANCE, CONTRAST -> luma(image, pixel);
            case COLOURFULNESS -> Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue));
            case SHARPNESS -> Math.abs(laplacian(image, pixel));
            case REDNESS -> red - (green + blue) / 2;
            case GREENNESS -> green - (red + blue) / 2;
            case BLUENESS -> blue - (red + green) / 2;
            case YELLOWNESS -> (red + green) / 2 - blue;
        };
    }

    private static double luma(PlanarImage image, int pixel) {
        float[] values = image.values();
        int pixels = image.pixels();
        return image.channels() == 3
                ? 0.299 * values[pixel] + 0.587 * values[pixels + pixel] + 0.114 * values[2 * pixels + pixel]
                : values[pixel];
    }

    private static double laplacian(PlanarImage image, int pixel) {
        int width = image.width();
        int row = pixel / width;
        int column = pixel % width;
        int above = Math.max(0, row - 1) * width + column;
        int below = Math.min(image.height() - 1, row + 1) * width + column;
        int left = row * width + Math.max(0, column - 1);
        int right = row * width + Math.min(width - 1, column + 1);
        return luma(image, above)
                + luma(image, below)
                + luma(image, left)
                + luma(image, right)
                - 4 * luma(image, pixel);
    }
}
