package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.ComparisonWithBest;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.MinimumDetectable;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the groups of one partition with their references: with all others, with a group that the plan names, or with the
 * best group. The reference itself has no gap. A gap is tested only if both sides rest on at least {@code min-group} independent
 * units for that metric.
 */
final class PartitionGaps {
    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final SortedMap<Group, GroupState> groups;
    private final GroupState whole;
    private final List<Metric> metrics;
    private final ToDoubleFunction<Metric> deviations;
    private final @Nullable Group named;
    private final Map<Metric, Map<Group, Gap>> againstBest;

    /**
     * Of the groups of a partition.
     *
     * @param metrics those by which groups are compared
     * @param deviations the standard deviation of a metric per image in the whole
     */
    PartitionGaps(
            StatisticsSettings settings,
            GroupLayout layout,
            Partition partition,
            SortedMap<Group, GroupState> groups,
            GroupState whole,
            List<Metric> metrics,
            ToDoubleFunction<Metric> deviations) {
        this.settings = settings;
        this.layout = layout;
        this.groups = groups;
        this.whole = whole;
        this.metrics = metrics;
        this.deviations = deviations;
        this.named = layout.references().of(partition.name());
        if (named != null && !groups.containsKey(named)) {
            throw new IllegalArgumentException("there is no group " + named.attribute() + " = " + named.value());
        }

        this.againstBest = named == null && groups.size() > 1 ? againstBest() : Map.of();
    }

    /** The gaps of a group, in the order of the metrics; none of the reference, and none where there is a single group. */
    List<Gap> of(Group group) {
        if (groups.size() < 2 || group.equals(named)) {
            return List.of();
        }

        GroupState state = state(group);
        GroupState reference = named == null ? others(group, state) : state(named);
        String text = named == null ? Gap.OTHERS : named.value();
        return metrics.parallelStream()
                .flatMap(metric -> {
                    Map<Group, Gap> known = againstBest.get(metric);
                    Gap gap = known == null ? gap(metric, group, state, text, reference) : known.get(group);
                    return Stream.ofNullable(gap);
                })
                .toList();
    }

    /** Whether no group is a reference of another, so that a group whose gaps are told is needed no more. */
    boolean areAgainstOthers() {
        return named == null && againstBest.isEmpty();
    }

    private GroupState others(Group group, GroupState state) {
        GroupState others = whole.minus(state);
        groups.forEach((sibling, ofSibling) -> {
            if (!sibling.equals(group)) {
                others.mergeClusters(ofSibling);
            }
        });
        return others;
    }

    private Gap gap(Metric metric, Group group, GroupState state, String reference, GroupState ofReference) {
        GapEstimator estimator = GapEstimator.of(metric, settings, layout.clustered());
        boolean enough = enough(estimator, state) && enough(estimator, ofReference);
        return gap(
                metric,
                group,
                state,
                reference,
                ofReference,
                enough
                        ? estimator.interval(state, ofReference, "gap " + GroupComparison.rowName(metric, group))
                        : Interval.NONE,
                enough ? estimator.pValue(state, ofReference) : Double.NaN);
    }

    private boolean enough(GapEstimator estimator, GroupState state) {
        return estimator.effectiveUnits(state) >= settings.minGroup();
    }

    private Gap gap(
            Metric metric,
            Group group,
            GroupState state,
            String reference,
            GroupState ofReference,
            Interval interval,
            double pValue) {
        GapEstimator estimator = GapEstimator.of(metric, settings, layout.clustered());
        long n = estimator.n(state);
        long referenceN = estimator.n(ofReference);
        double value = estimator.value(state);
        double referenceValue = estimator.value(ofReference);
        double difference = BootstrapDistribution.difference(value, referenceValue);
        double deviation = deviations.applyAsDouble(metric);
        return new Gap(
                metric,
                group,
                reference,
                n,
                referenceN,
                value,
                referenceValue,
                difference,
                referenceValue == 0 ? Double.NaN : value / referenceValue,
                interval,
                pValue,
                Double.NaN,
                MinimumDetectable.difference(deviation, n, referenceN, settings.confidence()),
                deviation > 0 ? difference / deviation : Double.NaN);
    }

    /** By the metrics that are compared so, one after the other: the replicates of all groups are needed at once. */
    private Map<Metric, Map<Group, Gap>> againstBest() {
        Map<Metric, Map<Group, Gap>> gaps = new HashMap<>();
        for (Metric metric : metrics) {
            if (layout.references().isBest(metric)) {
                Map<Group, Gap> ofMetric = againstBest(metric);
                if (!ofMetric.isEmpty()) {
                    gaps.put(metric, ofMetric);
                }
            }
        }

        return gaps;
    }

    /** Empty when no group has enough units to be the best. */
    private Map<Group, Gap> againstBest(Metric metric) {
        GapEstimator estimator = GapEstimator.of(metric, settings, layout.clustered());
        List<Group> eligible = new ArrayList<>();
        List<BootstrapDistribution> distributions = new ArrayList<>();
        groups.forEach((group, state) -> {
            BootstrapDistribution distribution = enough(estimator, state)
                    ? estimator.distribution(state, "best " + GroupComparison.rowName(metric, group))
                    : null;
            if (distribution != null && !Double.isNaN(distribution.value())) {
                eligible.add(group);
                distributions.add(distribution);
            }
        });
        if (eligible.isEmpty()) {
            return Map.of();
        }

        ComparisonWithBest comparison = new ComparisonWithBest(
                distributions, metric.direction() == Direction.HIGHER_IS_BETTER, settings.confidence());
        Group best = eligible.get(comparison.best());
        String reference = Gap.BEST + best.value();
        Map<Group, Gap> gaps = new HashMap<>();
        groups.forEach((group, state) -> {
            int place = eligible.indexOf(group);
            if (!group.equals(best)) {
                gaps.put(
                        group,
                        gap(
                                metric,
                                group,
                                state,
                                reference,
                                state(best),
                                place < 0 ? Interval.NONE : comparison.interval(place),
                                place < 0 ? Double.NaN : comparison.pValue(place)));
            }
        });
        return gaps;
    }

    private GroupState state(Group group) {
        return Objects.requireNonNull(groups.get(group));
    }
}
