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
 *   <li>{@link #newcombePaired}: Newcombe 1998, "Improved confidence intervals for the difference between binomial
 *       proportions based on paired data", Statistics in Medicine 17, pages 2635 to 2650, method 10: the same with the
 *       correlation of the two answers; recommended by Fagerland, Lydersen and Laake, "Recommended tests and confidence
 *       intervals for paired binomial proportions", Statistics in Medicine 33 (2014).
 *   <li>No trials give no interval.
 * </ul>
 */
public final class ScoreInterval {
    private ScoreInterval() {}

    /** The interval of a rate. */
    public static Interval wilson(Proportion proportion, double confidence) {
        double trials = proportion.trials();
        if (trials == 0) {
            return Interval.NONE;
        }

        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        double rate = proportion.rate();
        double shrink = 1 + z * z / trials;
        double centre = (rate + z * z / (2 * trials)) / shrink;
        double half = z / shrink * Math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials));
        // At the ends rounding would leave 1e-18 where the formula says zero.
        double low = rate == 0 ? 0 : Math.max(0, centre - half);
        double high = rate == 1 ? 1 : Math.min(1, centre + half);
        return new Interval(low, high, IntervalMethod.WILSON);
    }

    /** The interval of the first rate less the second, which come from different images. */
    public static Interval newcombe(Proportion first, Proportion second, double confidence) {
        if (first.trials() == 0 || second.trials() == 0) {
            return Interval.NONE;
        }

        return Interval.ofDifference(
                first.rate(),
                wilson(first, confidence),
                second.rate(),
                wilson(second, confidence),
                IntervalMethod.NEWCOMBE);
    }

    /**
     * The interval of the second rate less the first, which are of the same images. With the Wilson intervals of both and φ the
     * correlation of the answers, its numerator ad − bc taken nearer to zero by n/2 where it is positive, the half below the
     * difference is √(x² − 2φxy + y²), x and y being how far the second rate may be lower and the first one higher.
     */
    public static Interval newcombePaired(PairedTable table, double confidence) {
        return newcombePaired(table, table.n(), confidence);
    }

    /**
     * The same as if the table were of so many pairs with the same shares of answers: of clusters whose images are copies of each other.
     *
     * @param pairs above 0, unless the table has none
     */
    public static Interval newcombePaired(PairedTable table, double pairs, double confidence) {
        if (table.n() == 0) {
            return Interval.NONE;
        }

        Interval first = wilson(table.before().outOf(pairs), confidence);
        Interval second = wilson(table.after().outOf(pairs), confidence);
        double before = table.before().rate();
        double after = table.after().rate();
        double phi = correlation(table, pairs);
        return new Interval(
                table.difference() - together(after - second.low(), first.high() - before, phi),
                table.difference() + together(second.high() - after, before - first.low(), phi),
                IntervalMethod.NEWCOMBE_PAIRED);
    }

    private static double together(double x, double y, double phi) {
        return Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
    }

    private static double correlation(PairedTable table, double pairs) {
        double each = pairs / table.n();
        double a = each * table.both();
        double b = each * table.lost();
        double c = each * table.gained();
        double d = each * table.neither();
        double margins = (a + b) * (c + d) * (a + c) * (b + d);
        if (margins == 0) {
            return 0;
        }

        double numerator = a * d - b * c;
        double corrected = numerator > 0 ? Math.max(0, numerator - pairs / 2) : numerator;
        return corrected / Math.sqrt(margins);
    }
}
