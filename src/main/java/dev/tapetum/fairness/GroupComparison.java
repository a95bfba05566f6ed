package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns the states of a run into metrics and gaps, and corrects the tests: one family per partition (attribute or crossing) and
 * {@link Family}.
 *
 * <p>Class rates are reported for classes with any label or prediction in the whole. Groups by target have their explanations
 * summarised and are not compared: as many tests again would make each of the others harder to establish.
 */
final class GroupComparison {
    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final SortedMap<Group, GroupState> groups;
    private final GroupState whole;
    private final List<Metric> metrics;
    private final Map<Metric, Double> deviations = new HashMap<>();

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
        List<Metric> ofGroups = metrics.stream().filter(Metric::isOfGroup).toList();
        List<GroupMetric> rows = new ArrayList<>();
        ofGroups.forEach(metric -> rows.add(measure(metric, Group.WHOLE, whole)));
        SortedMap<Group, List<Gap>> gaps = new TreeMap<>();
        for (Partition partition : layout.partitions()) {
            SortedMap<Group, GroupState> siblings = siblings(partition);
            rows.addAll(new PartitionExtremes(settings, layout, partition, siblings).rows(extremes()));
            gaps.putAll(gaps(partition, siblings));
        }

        groups.forEach((group, state) -> {
            if (group.isOfTarget(layout)) {
                explanations().forEach(metric -> rows.add(measure(metric, group, state)));
            } else if (!group.equals(Group.WHOLE)) {
                ofGroups.forEach(metric -> rows.add(measure(metric, group, state)));
            }
        });
        return new GroupStatistics(
                        rows, gaps.values().stream().flatMap(List::stream).toList())
                .corrected(settings);
    }

    private SortedMap<Group, GroupState> siblings(Partition partition) {
        SortedMap<Group, GroupState> siblings = new TreeMap<>();
        groups.forEach((group, state) -> {
            if (group.attribute().equals(partition.name())) {
                siblings.put(group, state);
            }
        });
        return siblings;
    }

    private SortedMap<Group, List<Gap>> gaps(Partition partition, SortedMap<Group, GroupState> siblings) {
        List<Metric> compared = metrics.stream()
                .filter(Metric::isOfGroup)
                .filter(Metric::comparable)
                .toList();
        return new PartitionGaps(settings, layout, partition, siblings, whole, compared, this::deviation).gaps();
    }

    private double deviation(Metric metric) {
        return deviations.computeIfAbsent(
                metric,
                absent -> GapEstimator.of(metric, settings, layout.clustered()).deviation(whole));
    }

    private Stream<Metric> explanations() {
        return metrics.stream().filter(metric -> metric.family() == Family.EXPLANATION);
    }

    private List<Extreme> extremes() {
        return metrics.stream()
                .filter(Extreme.class::isInstance)
                .map(Extreme.class::cast)
                .toList();
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

    static String rowName(Metric metric, Group group) {
        return metric.name() + " | " + group.attribute() + " = " + group.value();
    }
}
