package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import java.util.List;

/**
 * How a metric of a group has changed between two runs over the same images, of which those that both have scored are paired.
 * Numbers that do not exist are NaN, which tables store as null.
 *
 * @param metric the text name of what was compared; {@link #statistic} knows what it means
 * @param group the group; {@link Group#WHOLE} for all images
 * @param n how many pairs stand behind it
 * @param before the value in the baseline
 * @param after the value in the run that is judged
 * @param difference after − before
 * @param interval of the difference, taken image by image; none below {@code min-group}
 * @param pValue of "nothing has changed", two-sided, never zero; NaN below {@code min-group}: no verdict
 * @param qValue the p-value corrected over the comparison
 * @param minimumDetectable the smallest true change that so many pairs find with 80% power
 */
public record Change(
        String metric,
        Group group,
        long n,
        double before,
        double after,
        double difference,
        Interval interval,
        double pValue,
        double qValue,
        double minimumDetectable) {
    private static final String AGREEMENT = "prediction-agreement";

    /** By their names without brackets. */
    private static final List<String> ONLY_CHANGES =
            List.of(AGREEMENT, "attribution.rank-drift.mean", "attribution.cosine-drift.mean");

    /** Whether only a comparison of two runs has such a metric, so that no single run can miss it. */
    public static boolean isOnlyOfChanges(String metric) {
        return ONLY_CHANGES.stream().anyMatch(kind -> metric.equals(kind) || metric.startsWith(kind + "["));
    }

    /** The metric with its family and direction; the share of images that both runs predict alike is none of a single run. */
    Metric statistic() {
        return metric.equals(AGREEMENT)
                ? new Rate(AGREEMENT, Family.OUTCOME, Direction.HIGHER_IS_BETTER, List.of(), List.of())
                : Metric.named(metric);
    }

    /** Whether the change is a discovery at this false discovery rate; false when it was not tested. */
    public boolean established(double falseDiscoveryRate) {
        return qValue <= falseDiscoveryRate;
    }

    /** Whether the group was too small for a verdict. */
    public boolean untested() {
        return Double.isNaN(pValue);
    }
}
