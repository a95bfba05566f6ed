package dev.tapetum.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The smallest true difference between two groups that so many images would have found with 80% power:
 * (z<sub>1−α/2</sub> + z<sub>0.8</sub>) · σ · √(1/n + 1/n′), with σ the standard deviation per image of the statistic in
 * the whole (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd ed. 2003, equation 4.14 without
 * continuity correction; Cohen 1988). For a rate p, σ² = p(1−p); for anything else σ is the standard error in the whole
 * times √n, which contains the effect of clusters.
 *
 * <p>No images on either side: NaN. It is that of a single test: among many a gap must be larger, {@link #atLevel} with {@link
 * FalseDiscoveryRate#firstOf}.
 */
public final class MinimumDetectable {
    private static final double POWER = 0.8;

    private MinimumDetectable() {}

    /** The smallest difference, in the units of the statistic. */
    public static double difference(double deviation, long n, long otherN, double confidence) {
        if (n <= 0 || otherN <= 0) {
            return Double.NaN;
        }

        return quantiles(confidence) * deviation * Math.sqrt(1.0 / n + 1.0 / otherN);
    }

    /**
     * The smallest change that n images looked at twice find with 80% power: (z<sub>1−α/2</sub> + z<sub>0.8</sub>) · σ / √n.
     *
     * @param deviation the standard deviation of the change of one image
     */
    public static double change(double deviation, long n, double confidence) {
        return n <= 0 ? Double.NaN : quantiles(confidence) * deviation / Math.sqrt(n);
    }

    /**
     * What a smallest difference becomes where its p-value must be smaller than that of an interval that excludes zero.
     *
     * @param difference one for this confidence
     * @param pValue what is asked, of a two-sided test
     */
    public static double atLevel(double difference, double confidence, double pValue) {
        return difference * quantiles(1 - pValue) / quantiles(confidence);
    }

    private static double quantiles(double confidence) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        return normal.inverseSurvivalProbability((1 - confidence) / 2) + normal.inverseCumulativeProbability(POWER);
    }

    /** The standard deviation per image of which a smallest difference was computed: the inverse of {@link #difference}. */
    public static double deviation(double difference, long n, long otherN, double confidence) {
        return difference / difference(1, n, otherN, confidence);
    }
}
