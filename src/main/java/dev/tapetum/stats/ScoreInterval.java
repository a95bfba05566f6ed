package dev.tapetum.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Intervals for rates whose tables have hardly any successes or failures. A bootstrap of 0 successes out of 40 draws
 * zero every time and would claim certainty; the score interval says 0 to 9%.
 *
 * <ul>
 *   <li>{@link #wilson}: Wilson 1927; recommended for small n by Brown, Cai and DasGupta, "Interval estimation for a
 *       binomial proportion", Statistical Science 16 (2001).
 *   <li>{@link #newcombe}: Newcombe 1998, "Interval estimation for the difference between independent proportions",
 *       Statistics in Medicine 17, method 10, which puts two Wilson intervals together.
 *   <li>No trials give no interval.
 *   <li>Numbers of trials need not be whole: clusters may count for less than their images.
 * </ul>
 */
public final class ScoreInterval {
    private ScoreInterval() {}

    /** The interval of the rate successes/trials. */
    public static Interval wilson(double successes, double trials, double confidence) {
        if (!(trials > 0)) {
            return Interval.NONE;
        }

        double z = quantile(confidence);
        double rate = successes / trials;
        double shrink = 1 + z * z / trials;
        double centre = (rate + z * z / (2 * trials)) / shrink;
        double half = z / shrink * Math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials));
        double low = successes == 0 ? 0 : centre - half;
        double high = successes == trials ? 1 : centre + half;
        return new Interval(low, high, IntervalMethod.WILSON).clip(0, 1);
    }

    /** The interval of the difference of the first rate and the second, which come from different images. */
    public static Interval newcombe(
            double successes, double trials, double otherSuccesses, double otherTrials, double confidence) {
        if (!(trials > 0 && otherTrials > 0)) {
            return Interval.NONE;
        }

        double first = successes / trials;
        double second = otherSuccesses / otherTrials;
        Interval a = wilson(successes, trials, confidence);
        Interval b = wilson(otherSuccesses, otherTrials, confidence);
        double difference = first - second;
        return new Interval(
                difference - Math.hypot(first - a.low(), b.high() - second),
                difference + Math.hypot(a.high() - first, second - b.low()),
                IntervalMethod.NEWCOMBE);
    }

    private static double quantile(double confidence) {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
    }
}
