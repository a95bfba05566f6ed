package dev.tapetum.report;

import dev.tapetum.fairness.Direction;
import dev.tapetum.fairness.Partition;
import dev.tapetum.fairness.Select;
import dev.tapetum.table.GroupMetricRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes how unlike all groups of an attribute are at once: of each measure first the class on which they are least alike. */
final class OverGroupsPart {
    private static final int MOST_MORE = 120;
    private static final int MOST_ATTRIBUTES = 12;

    private static final Comparator<String> SINGLE_FIRST = Comparator.comparing(
                    (String attribute) -> attribute.contains(Partition.SEPARATOR))
            .thenComparing(Comparator.naturalOrder());

    private OverGroupsPart() {}

    static List<Page.OverGroups> of(Report report) {
        Map<String, List<GroupMetricRow>> byAttribute = new TreeMap<>(SINGLE_FIRST);
        report.metrics().stream()
                .filter(MetricPart::isOverAll)
                .forEach(row -> byAttribute
                        .computeIfAbsent(row.attribute(), attribute -> new ArrayList<>())
                        .add(row));

        return byAttribute.entrySet().stream()
                .limit(MOST_ATTRIBUTES)
                .map(attribute -> attribute(attribute.getKey(), attribute.getValue()))
                .toList();
    }

    private static Page.OverGroups attribute(String attribute, List<GroupMetricRow> rows) {
        List<GroupMetricRow> leastAlikeFirst = rows.stream()
                .sorted(Comparator.comparing((GroupMetricRow row) ->
                                MetricName.of(row.metric()).section())
                        .thenComparingInt(row -> MetricName.of(row.metric()).order())
                        .thenComparingDouble(OverGroupsPart::likeness)
                        .thenComparing(GroupMetricRow::metric))
                .toList();
        Set<String> told = new HashSet<>();
        List<Page.Extreme> first = new ArrayList<>();
        List<Page.Extreme> others = new ArrayList<>();

        for (GroupMetricRow row : leastAlikeFirst) {
            (told.add(MetricName.of(row.metric()).kind()) ? first : others).add(extreme(row));
        }

        int more = Math.min(MOST_MORE, others.size());

        return new Page.OverGroups(
                attribute,
                first,
                others.subList(0, more),
                others.size() - more,
                Select.from("group_metrics")
                        .is("attribute", attribute)
                        .is(Select.GROUP, GroupMetricRow.WHOLE)
                        .by("metric")
                        .text());
    }

    /** The smaller, the less alike; values that do not exist come last. */
    private static double likeness(GroupMetricRow row) {
        double value = Numbers.orNaN(row.value());
        double likeness = MetricName.of(row.metric()).direction() == Direction.HIGHER_IS_BETTER ? value : -value;

        return Double.isNaN(likeness) ? Double.POSITIVE_INFINITY : likeness;
    }

    private static Page.Extreme extreme(GroupMetricRow row) {
        MetricName metric = MetricName.of(row.metric());

        return new Page.Extreme(
                metric.kind(),
                metric.subject().isEmpty() ? Numbers.NONE : metric.subject(),
                Numbers.count(row.n()),
                metric.value(Numbers.orNaN(row.value())),
                metric.range(Numbers.orNaN(row.ciLow()), Numbers.orNaN(row.ciHigh())));
    }
}
