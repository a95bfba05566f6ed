package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
        List<GroupMetric> rows = new ArrayList<>(measures(ofGroups(), Group.WHOLE, whole));
        SortedMap<Group, GroupStatistics> told = new TreeMap<>();
        for (Partition partition : layout.partitions()) {
            SortedMap<Group, GroupState> siblings = siblings(partition.name());
            rows.addAll(new PartitionExtremes(settings, layout, partition, siblings).rows(extremes()));
            told.putAll(told(siblings, partition));
        }

        siblings(Group.TARGET).forEach((group, state) -> {
            if (group.isOfTarget(layout)) {
                told.put(group, new GroupStatistics(measures(explanations(), group, state), List.of()));
                state.forget();
            }
        });
        whole.forget();
        told.values().forEach(statistics -> rows.addAll(statistics.metrics()));
        List<Gap> gaps = told.values().stream()
                .flatMap(statistics -> statistics.gaps().stream())
                .toList();
        return new GroupStatistics(rows, gaps).corrected(settings);
    }

    private SortedMap<Group, GroupState> siblings(String attribute) {
        SortedMap<Group, GroupState> siblings = new TreeMap<>();
        groups.forEach((group, state) -> {
            if (group.attribute().equals(attribute)) {
                siblings.put(group, state);
            }
        });
        return siblings;
    }

    /** Replicates are made on all cores, and kept no longer than the partition needs them. */
    private Map<Group, GroupStatistics> told(SortedMap<Group, GroupState> siblings, Partition partition) {
        List<Metric> compared = ofGroups().filter(Metric::comparable).toList();
        PartitionGaps gaps = new PartitionGaps(settings, layout, partition, siblings, whole, compared, this::deviation);
        Map<Group, GroupStatistics> told = new ConcurrentHashMap<>();
        siblings.entrySet().parallelStream().forEach(entry -> {
            Group group = entry.getKey();
            GroupState state = entry.getValue();
            told.put(group, new GroupStatistics(measures(ofGroups(), group, state), gaps.of(group)));
            if (gaps.areAgainstOthers()) {
                state.forget();
            }
        });
        siblings.values().forEach(GroupState::forget);
        return told;
    }

    private List<GroupMetric> measures(Stream<Metric> told, Group group, GroupState state) {
        return told.parallel().map(metric -> measure(metric, group, state)).toList();
    }

    private Stream<Metric> ofGroups() {
        return metrics.stream().filter(Metric::isOfGroup);
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
