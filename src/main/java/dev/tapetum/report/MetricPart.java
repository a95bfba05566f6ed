package dev.tapetum.report;

import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.Select;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the metrics of all groups: sections, in them kinds of metrics, in them one block per class or method. */
final class MetricPart {
    /** How many groups a chart and the table beside it have room for. */
    static final int SHOWN_AT_ONCE = 24;

    /** How many further groups of one metric a page carries; the rest is left to the tables of the run. */
    static final int MOST_MORE = 300;

    /** How many rows of groups the sections have together, and again those of corruptions. */
    private static final int ROWS = 2600;

    /** Functions of rates that the page has, two for each class and group: whoever needs them asks the table. */
    private static final List<String> LEFT_TO_THE_TABLES = List.of("generalised-entropy[", "theil[");

    private record KindKey(MetricName.Section section, int order, String kind) {}

    private static final Comparator<KindKey> IN_ORDER = Comparator.comparing(KindKey::section)
            .thenComparingInt(KindKey::order)
            .thenComparing(KindKey::kind);

    private final Gaps gaps;

    /** The metrics that are also measured by the class that attributions explain, which is another table. */
    private final Set<String> byTarget = new HashSet<>();

    private MetricPart(Report report, Gaps gaps) {
        this.gaps = gaps;
        report.explanations().byTarget().forEach(row -> byTarget.add(row.metric()));
    }

    /** All sections but that of the corruptions. */
    static List<Page.Section> of(Report report, Gaps gaps) {
        return new MetricPart(report, gaps).sections(rows(report, false));
    }

    /** The kinds of metrics that are about corruptions. */
    static List<Page.Kind> corruptions(Report report, Gaps gaps) {
        return new MetricPart(report, gaps)
                .sections(rows(report, true)).stream()
                        .flatMap(section -> section.kinds().stream())
                        .toList();
    }

    private static List<GroupMetricRow> rows(Report report, boolean ofCorruptions) {
        return report.metrics().stream()
                .filter(row -> MetricName.of(row.metric()).section() == MetricName.Section.CORRUPTIONS == ofCorruptions)
                .filter(row -> !CorruptionPart.isWithheld(row) && !isOverAll(row))
                .filter(row -> LEFT_TO_THE_TABLES.stream().noneMatch(row.metric()::startsWith))
                .toList();
    }

    private List<Page.Section> sections(List<GroupMetricRow> metrics) {
        Map<String, List<GroupMetricRow>> byMetric = new LinkedHashMap<>();
        metrics.forEach(row -> byMetric.computeIfAbsent(row.metric(), metric -> new ArrayList<>())
                .add(row));
        Map<KindKey, List<Page.Block>> blocks = new TreeMap<>(IN_ORDER);
        Map<KindKey, MetricName> names = new LinkedHashMap<>();
        byMetric.forEach((text, rows) -> {
            MetricName name = MetricName.of(text);
            KindKey key = new KindKey(name.section(), name.order(), name.kind());
            names.putIfAbsent(key, name);
            blocks.computeIfAbsent(key, kind -> new ArrayList<>()).add(block(name, rows));
        });
        Map<MetricName.Section, List<Page.Kind>> kinds = new TreeMap<>();
        RowBudget budget = new RowBudget(ROWS, blocks.values());
        blocks.forEach((key, all) -> {
            List<Page.Block> ofKind = budget.kept(all);
            MetricName name = names.get(key);
            int established = all.stream().mapToInt(Page.Block::established).sum();
            boolean first = key.section() == MetricName.Section.OUTCOMES && key.order() == 0;
            kinds.computeIfAbsent(key.section(), section -> new ArrayList<>())
                    .add(new Page.Kind(
                            key.kind(),
                            name == null ? "" : name.meaning(),
                            key.section().subjects(),
                            first,
                            established,
                            ofKind,
                            all.size() - ofKind.size()));
        });

        return kinds.entrySet().stream()
                .map(section -> new Page.Section(section.getKey().title(), List.copyOf(section.getValue())))
                .toList();
    }

    private Page.Block block(MetricName metric, List<GroupMetricRow> rows) {
        List<Page.Row> shown = new ArrayList<>();
        List<Page.Row> more = new ArrayList<>();
        List<Page.Row> crossed = new ArrayList<>();
        Set<GroupMetricRow> atOnce = mostTelling(rows);
        String whole = Numbers.NONE;
        int established = 0;
        int left = 0;

        for (GroupMetricRow row : rows) {
            Page.Row written = row(metric, row);

            if (isWhole(row)) {
                whole = written.value();
                shown.add(0, written);
            } else if (atOnce.contains(row)) {
                shown.add(written);
            } else if (more.size() + crossed.size() < MOST_MORE) {
                (group(row).isCrossing() ? crossed : more).add(written);
            } else {
                left++;
            }

            established += written.state().equals("established") ? 1 : 0;
        }

        return new Page.Block(
                metric.text(),
                metric.subject(),
                metric.percent(),
                whole,
                established,
                List.copyOf(shown),
                List.copyOf(more),
                List.copyOf(crossed),
                left,
                sql(metric.text()));
    }

    private String sql(String metric) {
        Select all = Select.from("group_metrics").is("metric", metric).by("attribute, `group`");

        return (byTarget.contains(metric) ? all.isNot("attribute", Group.TARGET) : all).text();
    }

    /**
     * The groups that are shown at once, by identity of the row within one metric: of single attributes, since there are many times as
     * many intersections, and what they tell is mostly told by one of theirs.
     */
    private Set<GroupMetricRow> mostTelling(List<GroupMetricRow> rows) {
        Comparator<GroupMetricRow> byGap =
                Comparator.comparing(this::gap, Comparator.nullsLast(Gaps.MOST_TELLING_FIRST));

        return new HashSet<>(rows.stream()
                .filter(row -> !isWhole(row) && !group(row).isCrossing())
                .sorted(byGap)
                .limit(SHOWN_AT_ONCE)
                .toList());
    }

    private Page.Row row(MetricName metric, GroupMetricRow row) {
        return row(
                metric,
                row,
                isWhole(row) ? "" : row.attribute(),
                isWhole(row) ? "all images" : row.group(),
                state(metric, row));
    }

    /** A row under another name than that of its group. */
    static Page.Row row(MetricName metric, GroupMetricRow row, String attribute, String group, String state) {
        double value = Numbers.orNaN(row.value());
        double low = Numbers.orNaN(row.ciLow());
        double high = Numbers.orNaN(row.ciHigh());
        boolean clustered = row.clusters() != row.n();
        String images = Numbers.count(row.n()) + (clustered ? " in " + Numbers.of(row.clusters(), "cluster") : "");

        return new Page.Row(
                attribute,
                group,
                state,
                images,
                metric.value(value),
                metric.range(low, high),
                plotted(metric, value),
                plotted(metric, low),
                plotted(metric, high));
    }

    private String state(MetricName metric, GroupMetricRow row) {
        if (isWhole(row)) {
            return "whole";
        }

        GapRow gap = gap(row);

        if (gap == null) {
            return "open";
        }

        if (gaps.established(gap)) {
            return metric.better(Numbers.orNaN(gap.difference())) ? "better" : "established";
        }

        return Gaps.tested(gap) ? "open" : "small";
    }

    private @Nullable GapRow gap(GroupMetricRow row) {
        return gaps.find(row.metric(), row.attribute(), row.group());
    }

    static boolean isWhole(GroupMetricRow row) {
        return row.attribute().equals(GroupMetricRow.WHOLE);
    }

    private static Group group(GroupMetricRow row) {
        return new Group(row.attribute(), row.group());
    }

    /** Whether the row is about all groups of an attribute at once. */
    static boolean isOverAll(GroupMetricRow row) {
        return !isWhole(row) && row.group().equals(GroupMetricRow.WHOLE);
    }

    /** A number for the chart, in per cent where the metric is a share. */
    private static @Nullable String plotted(MetricName metric, double number) {
        return Double.isFinite(number) ? Double.toString(metric.percent() ? 100 * number : number) : null;
    }
}
