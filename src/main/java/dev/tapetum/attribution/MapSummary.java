package dev.tapetum.attribution;

import java.util.Arrays;

/**
 * What one number each can say about a map. NaN where a map of zeros, or an empty mask, leaves nothing to say.
 *
 * @param gini concentration: {@code Σ (2i − n − 1) a_(i) / (n Σ a)} over the absolute values in ascending order, 0 for an
 *     even map, towards 1 for a single pixel (methods after Chalasani et al. 2020, arXiv 1810.06583)
 * @param entropy spread: {@code −Σ p log p} of the shares {@code p = |a| / Σ |a|}, in nats
 * @param positiveShare positive part over absolute sum
 * @param centreX where the centre of mass of the absolute values lies across the image: 0 is its left edge, 1 its right one. The
 *     mass of a pixel lies in its middle
 * @param centreY the same from the top, 0, to the bottom, 1
 */
public record MapSummary(double gini, double entropy, double positiveShare, double centreX, double centreY) {

    /**
     * Summarises a map, one value per pixel.
     *
     * @param map row by row
     * @param cols the length of a row
     */
    public static MapSummary of(float[] map, int cols) {
        int rows = map.length / cols;
        float[] ascending = new float[map.length];
        double total = 0;
        double positive = 0;
        double across = 0;
        double down = 0;
        for (int i = 0; i < map.length; i++) {
            ascending[i] = Math.abs(map[i]);
            total += ascending[i];
            positive += Math.max(0, map[i]);
            across += ascending[i] * (i % cols + 0.5);
            int row = i / cols;
            down += ascending[i] * (row + 0.5);
        }

        if (!(total > 0)) {
            return new MapSummary(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }

        Arrays.sort(ascending);
        double weighted = 0;
        double entropy = 0;
        for (int i = 0; i < ascending.length; i++) {
            weighted += (2.0 * i + 1 - ascending.length) * ascending[i];
            double share = ascending[i] / total;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }

        return new MapSummary(
                weighted / (ascending.length * total),
                entropy,
                positive / total,
                across / (total * cols),
                down / (total * rows));
    }

    /** The absolute attribution inside a mask over all of it; NaN for a map of zeros or an empty mask. */
    public static double share(float[] map, boolean[] inside) {
        if (map.length != inside.length) {
            throw new IllegalArgumentException("A mask of " + inside.length + " pixels for a map of " + map.length);
        }

        double total = 0;
        double within = 0;
        boolean empty = true;
        for (int i = 0; i < map.length; i++) {
            double size = Math.abs(map[i]);
            total += size;
            if (inside[i]) {
                within += size;
                empty = false;
            }
        }

        return empty || !(total > 0) ? Double.NaN : within / total;
    }
}
