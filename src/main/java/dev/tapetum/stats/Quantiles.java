package dev.tapetum.stats;

/**
 * Quantiles of bootstrap replicates: linear interpolation at position p(K+1), type 6 of Hyndman and Fan 1996, which is
 * what makes (1+#)/(1+K) and the percentile interval agree; positions outside the sample give its ends.
 */
final class Quantiles {
    private Quantiles() {}

    /** The p-quantile of values in ascending order; there is at least one, and none is NaN. */
    static double of(double[] sorted, double p) {
        double position = p * (sorted.length + 1) - 1;
        int below = (int) Math.floor(position);
        if (below < 0) {
            return sorted[0];
        }

        if (below >= sorted.length - 1) {
            return sorted[sorted.length - 1];
        }

        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
