package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a statistic of a group differs between two runs over the same images: a row of {@code changes}.
 *
 * <p>Everything is of the images that both runs have the number of. Numbers that do not exist are NaN, which tables store as
 * null.
 *
 * @param metric the text name of what was compared; {@link #statistic} knows what it means
 * @param group the group, or the whole
 * @param n how many images have the number in both runs
 * @param before the value in the baseline
 * @param after the value in the candidate
 * @param difference after − before
 * @param interval the interval of the difference; none below {@code min-group}
 * @param pValue the p-value of "no change", two-sided, never zero; NaN below {@code min-group}, and for what only describes,
 *     such as how far maps drifted
 * @param qValue the p-value corrected over the comparison, {@link dev.tapetum.stats.FalseDiscoveryRate#acrossFamilies}
 * @param minimumDetectable the smallest true change that so many images find with 80% power in a single test
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
        double minimumDetectable)
        implements Serializable {
    /** The mean cross-entropy of the label, in nats. */
    static final String LOSS = "loss";

    /** What no single run tells of its groups, and which way it is better. */
    private static final Map<String, Direction> OUTCOMES = Map.of(
            PairedNumber.AGREEMENT,
            Direction.HIGHER_IS_BETTER,
            "label-probability",
            Direction.HIGHER_IS_BETTER,
            LOSS,
            Direction.LOWER_IS_BETTER);

    /** The same of maps, by their names without brackets. */
    private static final List<String> DRIFTS = List.of("attribution.rank-drift.mean", "attribution.cosine-drift.mean");

    /** Whether only a comparison of two runs has such a metric, so that no single run can miss it. */
    public static boolean isOnlyOfChanges(String metric) {
        return OUTCOMES.containsKey(metric)
                || DRIFTS.stream().anyMatch(kind -> metric.equals(kind) || metric.startsWith(kind + "["));
    }

    /** All such metrics, with the drifts of the maps of each method. */
    public static List<String> onlyOfChanges(List<String> methods) {
        return Stream.concat(
                        OUTCOMES.keySet().stream().sorted(),
                        methods.stream().flatMap(method -> DRIFTS.stream().map(drift -> drift + "[" + method + "]")))
                .toList();
    }

    /** Whether nothing tests it, since two models always differ in it: its interval says how far. */
    boolean isOnlyDescribed() {
        return metric.equals(PairedNumber.AGREEMENT) || DRIFTS.stream().anyMatch(kind -> metric.startsWith(kind + "["));
    }

    /** The metric with its family and direction. */
    Metric statistic() {
        Direction direction = OUTCOMES.get(metric);
        return direction == null
                ? Metric.named(metric)
                : new Rate(metric, Family.OUTCOME, direction, List.of(), List.of());
    }

    /** Whether the change is a discovery at this false discovery rate; false when it was not tested. */
    public boolean established(double falseDiscoveryRate) {
        return qValue <= falseDiscoveryRate;
    }

    /** Whether there was no test. */
    public boolean untested() {
        return Double.isNaN(pValue);
    }

    Change withQValue(double q) {
        return new Change(metric, group, n, before, after, difference, interval, pValue, q, minimumDetectable);
    }
}
