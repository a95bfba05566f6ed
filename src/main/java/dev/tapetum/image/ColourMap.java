package dev.tapetum.image;

import java.util.Arrays;
import java.util.List;

/**
 * An affine change of colours, the same for every pixel, that is cut off at black and white: {@code out_c = clip(Σ_k
 * matrix_ck · in_k + offset_c)}, on the scale from 0 to 1. Brightness, contrast, saturation and hue are all of this kind, so
 * that a device needs to know one change instead of four.
 *
 * @param matrix row by row, as many values as channels squared
 * @param offset one value per channel
 */
public record ColourMap(List<Double> matrix, List<Double> offset) {

    public ColourMap {
        matrix = List.copyOf(matrix);
        offset = List.copyOf(offset);
        if (offset.isEmpty() || matrix.size() != offset.size() * offset.size()) {
            throw new IllegalArgumentException(
                    matrix.size() + " factors and " + offset.size() + " offsets make no change of colours");
        }
    }

    public int channels() {
        return offset.size();
    }

    /** The factor of channel {@code from} in channel {@code to}. */
    public double factor(int to, int from) {
        return matrix.get(to * channels() + from);
    }

    /** The changed image, as new values. */
    public PlanarImage apply(PlanarImage image) {
        if (image.channels() != channels()) {
            throw new IllegalArgumentException(
                    "A change of " + channels() + " channels for an image of " + image.channels());
        }

        float[] from = image.values();
        float[] to = new float[from.length];
        int pixels = image.pixels();
        double[] sums = new double[pixels];
        for (int c = 0; c < channels(); c++) {
            Arrays.fill(sums, offset.get(c));
            for (int k = 0; k < channels(); k++) {
                double factor = factor(c, k);
                for (int i = 0; factor != 0 && i < pixels; i++) {
                    sums[i] += factor * from[k * pixels + i];
                }
            }

            for (int i = 0; i < pixels; i++) {
                to[c * pixels + i] = (float) Math.max(0, Math.min(1, sums[i]));
            }
        }

        return image.with(to);
    }
}
