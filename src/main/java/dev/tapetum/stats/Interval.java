package dev.tapetum.stats;

import java.io.Serializable;

/**
 * A confidence interval and how it was made.
 *
 * @param low the lower end, or NaN when there is no interval
 * @param high the upper end, or NaN when there is no interval
 * @param method how it was made
 */
public record Interval(double low, double high, IntervalMethod method) implements Serializable {
    /** There is no interval, because there is no value or too little data for one. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN, IntervalMethod.NONE);

    public Interval {
        boolean none = method == IntervalMethod.NONE;
        if (none ? !(Double.isNaN(low) && Double.isNaN(high)) : !(low <= high)) {
            throw new IllegalArgumentException("no such " + method.text() + " interval: " + low + " to " + high);
        }
    }

    /** Whether zero lies outside the interval; false when there is none. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /** The size that the interval vouches for: its end nearest to zero without its sign, or 0 if it contains zero or there is none. */
    public double establishedSize() {
        return excludesZero() ? Math.min(Math.abs(low), Math.abs(high)) : 0;
    }

    /** Whether the whole interval lies within [low, high]; false when there is none. */
    public boolean within(double low, double high) {
        return this.low >= low && this.high <= high;
    }

    /** The part of this interval within the range of the statistic, such as [0, 1]. */
    public Interval clip(double lowest, double highest) {
        return method == IntervalMethod.NONE
                ? this
                : new Interval(
                        Math.min(highest, Math.max(lowest, low)), Math.max(lowest, Math.min(highest, high)), method);
    }

    /**
     * The interval of the difference of two independent estimates, from their own intervals: each end is as far from the
     * difference as the two distances that lead there are together, as roots of sums of squares (Zou and Donner, "Construction of
     * confidence limits about effect measures", Statistics in Medicine 27, 2008, equation 7). Estimates that go up and down
     * together, as those of groups that share clusters, have a shorter one.
     *
     * <ul>
     *   <li>None where either has none.
     * </ul>
     */
    public static Interval ofDifference(
            double value, Interval own, double other, Interval ofOther, IntervalMethod method) {
        if (Double.isNaN(own.low) || Double.isNaN(ofOther.low)) {
            return NONE;
        }

        double difference = value - other;
        return new Interval(
                difference - Math.hypot(value - own.low, ofOther.high - other),
                difference + Math.hypot(own.high - value, other - ofOther.low),
                method);
    }
}
