package dev.tapetum.image.corruption;

import java.util.Arrays;

/**
 * A weighted sum over the neighbours of a pixel, {@code out(y, x) = Σ_k weight_k · in(y + down_k, x + across_k)}: a
 * correlation, whose kernel is not turned around.
 */
record Stencil(int[] down, int[] across, double[] weights) {

    Plane apply(Plane plane, Border border) {
        int margin = 0;
        for (int k = 0; k < weights.length; k++) {
            margin = Math.max(margin, Math.max(Math.abs(down[k]), Math.abs(across[k])));
        }

        Plane padded = plane.padded(margin, border);
        Plane sums = Plane.blank(plane.height(), plane.width());
        double[] row = new double[plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            Arrays.fill(row, 0);
            for (int k = 0; k < weights.length; k++) {
                add(padded.values(), (y + margin + down[k]) * padded.width() + margin + across[k], weights[k], row);
            }

            System.arraycopy(row, 0, sums.values(), y * row.length, row.length);
        }

        return sums;
    }

    private static void add(double[] from, int start, double weight, double[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * from[start + x];
        }
    }
}
