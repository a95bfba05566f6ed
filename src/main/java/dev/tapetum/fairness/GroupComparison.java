package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.MinimumDetectable;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns the states of a run into metrics and gaps, and corrects the tests: one family per attribute and
 * {@link Family}.
 *
 * <p>Class rates are reported for classes with any label or prediction in the whole. A group is compared only if it and
 * the others rest on at least {@code min-group} independent units for that metric. Groups by target have their explanations
 * summarised and are not compared: as many tests again would make each of the others harder to establish.
 */
final class GroupComparison {
    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final SortedMap<Group, GroupState> groups;
    private final GroupState whole;
    private final List<Metric> metrics;
    private final Map<Metric, Double> deviations = new ConcurrentHashMap<>();

    GroupComparison(
            StatisticsSettings settings,
            GroupLayout layout,
            SortedMap<Group, GroupState> groups,
            GroupState whole,
            Set<Family> families) {
        this.settings = settings;
        this.layout = layout;
        this.groups = groups;
        this.whole = whole;
        this.metrics = metrics(layout, whole).stream()
                .filter(metric -> families.contains(metric.family()))
                .toList();
    }

    private static List<Metric> metrics(GroupLayout layout, GroupState whole) {
        List<Integer> classes = IntStream.range(0, layout.classes().size())
                .filter(whole.tallies()::occurs)
                .boxed()
                .toList();
        TreeSet<String> summaries = new TreeSet<>();
        whole.summaryNames().forEach(summaries::add);
        summaries.remove(SummaryMoment.CONFIDENCE);
        return Metric.all(layout, classes, summaries);
    }

    GroupStatistics statistics() {
        List<GroupMetric> rows = new ArrayList<>(measures(metrics.stream(), Group.WHOLE, whole));
        List<Gap> gaps = new ArrayList<>();
        // Replicates are made on all cores, and told in the order of the groups.
        groups.entrySet().parallelStream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList()
                .forEach(told -> {
                    rows.addAll(told.metrics());
                    gaps.addAll(told.gaps());
                });
        whole.forget();
        return new GroupStatistics(rows, gaps).corrected(settings);
    }

    private GroupStatistics told(Group group, GroupState state) {
        if (group.equals(Group.WHOLE)) {
            return new GroupStatistics(List.of(), List.of());
        }

        GroupStatistics told = group.isOfTarget(layout)
                ? new GroupStatistics(measures(explanations(), group, state), List.of())
                : new GroupStatistics(measures(metrics.stream(), group, state), gaps(group, state));
        state.forget();
        return told;
    }

    private List<GroupMetric> measures(Stream<Metric> told, Group group, GroupState state) {
        return told.parallel().map(metric -> measure(metric, group, state)).toList();
    }

    private Stream<Metric> explanations() {
        return metrics.stream().filter(metric -> metric.family() == Family.EXPLANATION);
    }

    private GroupMetric measure(Metric metric, Group group, GroupState state) {
        Estimator estimator = Estimator.of(metric, settings, layout.clustered());
        long n = estimator.n(state);
        return new GroupMetric(
                metric,
                group,
                n,
                estimator.units(state),
                estimator.value(state),
                estimator.interval(state, rowName(metric, group)),
                settings.confidence());
    }

    private List<Gap> gaps(Group group, GroupState state) {
        GroupState others = whole.minus(state);
        int siblings = 0;
        for (Map.Entry<Group, GroupState> entry : groups.entrySet()) {
            Group other = entry.getKey();
            if (other.attribute().equals(group.attribute()) && !other.equals(group)) {
                others.mergeClusters(entry.getValue());
                siblings++;
            }
        }

        return siblings == 0
                ? List.of()
                : metrics.parallelStream()
                        .filter(Metric::comparable)
                        .map(metric -> gap(metric, group, state, others))
                        .toList();
    }

    private Gap gap(Metric metric, Group group, GroupState state, GroupState others) {
        Estimator estimator = Estimator.of(metric, settings, layout.clustered());
        long n = estimator.n(state);
        long referenceN = estimator.n(others);
        double value = estimator.value(state);
        double referenceValue = estimator.value(others);
        double difference = BootstrapDistribution.difference(value, referenceValue);
        double deviation = deviations.computeIfAbsent(metric, absent -> estimator.deviation(whole));
        boolean enough =
                Math.min(estimator.effectiveUnits(state), estimator.effectiveUnits(others)) >= settings.minGroup();
        return new Gap(
                metric,
                group,
                n,
                referenceN,
                value,
                referenceValue,
                difference,
                referenceValue == 0 ? Double.NaN : value / referenceValue,
                enough ? estimator.interval(state, others, "gap " + rowName(metric, group)) : Interval.NONE,
                enough ? estimator.pValue(state, others) : Double.NaN,
                Double.NaN,
                MinimumDetectable.difference(deviation, n, referenceN, settings.confidence()),
                deviation > 0 ? difference / deviation : Double.NaN);
    }

    private static String rowName(Metric metric, Group group) {
        return metric.name() + " | " + group.attribute() + " = " + group.value();
    }
}
