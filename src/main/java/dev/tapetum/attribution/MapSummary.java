package dev.tapetum.attribution;

import java.util.Arrays;

/**
 * What one number each can say about a map. NaN where a map of zeros, or an empty mask, leaves nothing to say.
 *
 * @param gini concentration: {@code Σ (2i − n − 1) a_(i) / (n Σ a)} over the absolute values in ascending order, 0 for an
 *     even map, towards 1 for a single pixel (methods after Chalasani et al. 2020, arXiv 1810.06583)
 * @param entropy spread: {@code −Σ p log p} of the shares {@code p = |a| / Σ |a|}, in nats
 * @param positiveShare positive part over absolute sum
 */
public record MapSummary(double gini, double entropy, double positiveShare) {

    /** Summarises a map, one value per pixel. */
    public static MapSummary of(float[] map) {
        float[] ascending = new float[map.length];
        double total = 0;
        double positive = 0;
        for (int i = 0; i < map.length; i++) {
            ascending[i] = Math.abs(map[i]);
            total += ascending[i];
            positive += Math.max(0, map[i]);
        }

        if (!(total > 0)) {
            return new MapSummary(Double.NaN, Double.NaN, Double.NaN);
        }

        Arrays.sort(ascending);
        double weighted = 0;
        double entropy = 0;
        for (int i = 0; i < ascending.length; i++) {
            weighted += (2.0 * i + 1 - ascending.length) * ascending[i];
            double share = ascending[i] / total;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }

        return new MapSummary(weighted / (ascending.length * total), entropy, positive / total);
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
