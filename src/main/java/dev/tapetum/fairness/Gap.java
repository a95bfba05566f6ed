package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;

/**
 * How a group differs from its reference: a row of {@code gaps}.
 *
 * <p>The reference is all other images (the whole less the group), a group that the plan names, or the best group of the
 * attribute. Numbers that do not exist are NaN, which tables store as null.
 *
 * @param metric what was compared
 * @param group the group; never the whole
 * @param reference {@link #OTHERS}, the value of a group that the plan names, or {@link #BEST} and the value of the best group
 * @param n how many images the group's value rests on
 * @param referenceN how many images the reference's value rests on
 * @param value the group's value
 * @param referenceValue the reference's value
 * @param difference value − referenceValue
 * @param ratio value / referenceValue, NaN when that divides by zero; for selection rates, below 0.8 is the concern of
 *     the four-fifths rule (Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D)
 * @param interval the interval of the difference; none below {@code min-group}
 * @param pValue the p-value of "no difference", never zero; NaN below {@code min-group}: no verdict. Two-sided, but against the best
 *     group that of "no other is better" ({@link dev.tapetum.stats.ComparisonWithBest})
 * @param qValue the p-value corrected over the run, {@link dev.tapetum.stats.FalseDiscoveryRate#acrossFamilies}
 * @param minimumDetectable the smallest true difference that so many images find with 80% power in a single test
 * @param effect the difference in standard deviations of the metric per image in the whole, to compare metrics of
 *     different units
 */
public record Gap(
        Metric metric,
        Group group,
        String reference,
        long n,
        long referenceN,
        double value,
        double referenceValue,
        double difference,
        double ratio,
        Interval interval,
        double pValue,
        double qValue,
        double minimumDetectable,
        double effect) {
    /** The text of the {@code reference} column for all images outside the group. */
    public static final String OTHERS = "others";

    /** How that text starts for the best group, whose value follows. */
    public static final String BEST = "best: ";

    /** Whether the reference is all images outside the group. */
    public boolean isAgainstOthers() {
        return reference.equals(OTHERS);
    }

    /** Where the reference is, for a sentence: {@code elsewhere}, {@code at main}, or {@code at main, the best}. */
    public String elsewhere() {
        if (isAgainstOthers()) {
            return "elsewhere";
        }

        return "at " + (reference.startsWith(BEST) ? reference.substring(BEST.length()) + ", the best" : reference);
    }

    /** Whether the gap is a discovery at this false discovery rate; false when it was not tested. */
    public boolean established(double falseDiscoveryRate) {
        return qValue <= falseDiscoveryRate;
    }

    /** Whether there was no test: mostly since the group was too small for a verdict. */
    public boolean untested() {
        return Double.isNaN(pValue);
    }

    /** Whether it is not tested for want of replicates, which clusters need and too many classes do not have, and not of images. */
    boolean isWithoutReplicates() {
        return untested()
                && metric.family() == Family.CLASS_RATE
                && n > 0
                && referenceN > 0
                && Double.isNaN(minimumDetectable);
    }

    /** The size of the difference that the interval vouches for: its end nearest to zero, or 0 if it contains zero. */
    public double establishedSize() {
        return interval.establishedSize();
    }

    Gap withQValue(double q) {
        return new Gap(
                metric,
                group,
                reference,
                n,
                referenceN,
                value,
                referenceValue,
                difference,
                ratio,
                interval,
                pValue,
                q,
                minimumDetectable,
                effect);
    }
}
