package dev.tapetum.report;

import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.MethodMeasure;
import dev.tapetum.fairness.Select;
import dev.tapetum.table.GroupMetricRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/** Writes what a run says about its methods: whether to believe them, how good they are, and whether they agree. */
final class ExplanationPart {
    /** More columns beside each other than this do not fit a sheet of paper. */
    private static final int COLUMNS = 6;

    /** The measures on which it depends whether a method is believed. */
    private static final List<String> DECIDING = List.of("model-parameter-randomisation", "completeness");

    private static final List<String> OF_EVERY_RUN = List.of("gini", "mask-share");

    private record Key(String metric, String group) {}

    private final Explanations explanations;
    private final List<String> methods;
    private final Map<Key, GroupMetricRow> rows = new HashMap<>();

    private ExplanationPart(Report report) {
        this.explanations = report.explanations();
        this.methods =
                explanations.trust().stream().map(ExplanationTrust::method).toList();
        report.metrics().stream()
                .filter(row -> row.attribute().equals(GroupMetricRow.WHOLE))
                .forEach(row -> rows.put(new Key(row.metric(), GroupMetricRow.WHOLE), row));
        explanations.byTarget().forEach(row -> rows.put(new Key(row.metric(), row.group()), row));
    }

    static Page.Explained of(Report report) {
        return new ExplanationPart(report).part();
    }

    private Page.Explained part() {
        return new Page.Explained(
                explanations.trust().stream().map(ExplanationPart::trusted).toList(),
                trustedBy(),
                explanations.established().reasons(),
                measures(),
                matrices(),
                byTarget());
    }

    /** The measurements that decide, of which there may be none. */
    private List<String> trustedBy() {
        List<String> metrics = rows.keySet().stream()
                .filter(key -> key.group.equals(GroupMetricRow.WHOLE))
                .map(Key::metric)
                .filter(metric -> {
                    MethodMeasure measure = MethodMeasure.named(metric);
                    return measure != null && DECIDING.contains(measure.measure());
                })
                .sorted()
                .toList();

        return metrics.isEmpty() ? List.of() : List.of(ofWhole(metrics));
    }

    private static String ofWhole(List<String> metrics) {
        return Select.from("group_metrics")
                .in("metric", metrics)
                .is("attribute", GroupMetricRow.WHOLE)
                .by("metric")
                .text();
    }

    private static Page.Trusted trusted(ExplanationTrust trust) {
        Page.Tone tone = switch (trust.verdict()) {
            case PASSED -> Page.Tone.PASS;
            case NOT_EVIDENCE -> Page.Tone.FAIL;
            case UNDECIDED, NOT_TESTED -> trust.isEvidence() ? Page.Tone.NONE : Page.Tone.FAIL;
        };

        return new Page.Trusted(trust.method(), trust.verdict().text(), tone, Sentence.ended(trust.why()));
    }

    /** A column of the tables: one metric of the plan, or a measure that every run takes. */
    private record Column(Measure measure, String name, String parameters) {
        String metric(String method) {
            return new MethodMeasure(name, method, parameters).mean();
        }

        /** The parameters where some other column has the same title, else nothing. */
        String parametersAmong(List<Column> columns) {
            long same = columns.stream()
                    .filter(column -> column.measure.title().equals(measure.title()))
                    .count();

            return same > 1 ? parameters : "";
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        OF_EVERY_RUN.forEach(name -> columns.add(new Column(Measure.of(name), name, "")));
        explanations
                .measured()
                .forEach(metric -> columns.add(new Column(Measure.of(metric), metric.name(), metric.parameters())));

        return columns.stream()
                .filter(column -> methods.stream().anyMatch(method -> has(column.metric(method))))
                .sorted(Comparator.comparing(column -> column.measure.aspect()))
                .toList();
    }

    private boolean has(String metric) {
        GroupMetricRow row = rows.get(new Key(metric, GroupMetricRow.WHOLE));

        return row != null && Double.isFinite(Numbers.orNaN(row.value()));
    }

    private List<Page.Measures> measures() {
        List<Column> columns = columns();
        List<Page.Measures> tables = new ArrayList<>();

        for (int from = 0; from < columns.size(); from += COLUMNS) {
            tables.add(table(columns.subList(from, Math.min(columns.size(), from + COLUMNS)), columns));
        }

        return tables;
    }

    private Page.Measures table(List<Column> columns, List<Column> all) {
        Map<Measure.Aspect, Integer> aspects = new TreeMap<>();
        columns.forEach(column -> aspects.merge(column.measure.aspect(), 1, Integer::sum));
        List<String> images = columns.stream().map(this::images).toList();
        List<Page.Measured> heads = new ArrayList<>();

        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            heads.add(new Page.Measured(
                    column.measure.title(),
                    column.measure.meaning(),
                    column.measure.better(),
                    column.parametersAmong(all),
                    images.get(i)));
        }

        List<Page.Line> lines = new ArrayList<>();

        for (String method : methods) {
            List<Page.Cell> cells = new ArrayList<>();

            for (int i = 0; i < columns.size(); i++) {
                Page.Cell cell = cell(columns.get(i).metric(method), GroupMetricRow.WHOLE);
                cells.add(images.get(i).isEmpty() ? cell : new Page.Cell(cell.value(), cell.interval(), ""));
            }

            lines.add(new Page.Line(method, cells));
        }

        return new Page.Measures(
                aspects.entrySet().stream()
                        .map(aspect -> new Page.Aspect(aspect.getKey().title(), aspect.getValue()))
                        .toList(),
                heads,
                lines,
                ofWhole(columns.stream()
                        .flatMap(column -> methods.stream().map(column::metric))
                        .filter(this::has)
                        .toList()));
    }

    /** How many images all means of the column are of; empty when they differ. */
    private String images(Column column) {
        List<String> different = methods.stream()
                .map(method -> cell(column.metric(method), GroupMetricRow.WHOLE).images())
                .filter(images -> !images.isEmpty())
                .distinct()
                .toList();

        return different.size() == 1 ? different.get(0) : "";
    }

    private Page.Cell cell(String metric, String group) {
        GroupMetricRow row = rows.get(new Key(metric, group));

        if (row == null || !Double.isFinite(Numbers.orNaN(row.value()))) {
            return new Page.Cell(Numbers.NONE, "", "");
        }

        double low = Numbers.orNaN(row.ciLow());
        double high = Numbers.orNaN(row.ciHigh());
        DoubleFunction<String> text = Numbers.alike(Numbers.orNaN(row.value()), low, high);

        return new Page.Cell(
                text.apply(Numbers.orNaN(row.value())),
                Double.isFinite(low) ? text.apply(low) + " to " + text.apply(high) : "",
                Numbers.count(row.n()));
    }

    private List<Page.Matrix> matrices() {
        Map<String, List<Explanations.PairAgreement>> byMetric = new LinkedHashMap<>();
        explanations
                .agreement()
                .forEach(pair -> byMetric.computeIfAbsent(pair.metric(), metric -> new ArrayList<>())
                        .add(pair));

        return byMetric.entrySet().stream()
                .map(metric -> matrix(metric.getKey(), metric.getValue()))
                .toList();
    }

    private Page.Matrix matrix(String metric, List<Explanations.PairAgreement> pairs) {
        Map<List<String>, Explanations.PairAgreement> byPair = new HashMap<>();
        pairs.forEach(pair -> byPair.put(List.of(pair.method(), pair.other()), pair));
        List<Page.Agreements> lines = new ArrayList<>();

        for (String method : methods) {
            List<Page.Agreed> cells = new ArrayList<>();

            for (String other : methods) {
                Explanations.PairAgreement pair = byPair.get(List.of(method, other));
                cells.add(
                        pair == null
                                ? new Page.Agreed(Numbers.NONE, "0")
                                : new Page.Agreed(
                                        Numbers.hundredths(pair.mean()),
                                        String.format(Locale.ROOT, "%.2f", Math.max(0, pair.mean()))));
            }

            lines.add(new Page.Agreements(method, cells));
        }

        long images = pairs.stream()
                .mapToLong(Explanations.PairAgreement::images)
                .max()
                .orElse(0);

        return new Page.Matrix(
                Measure.of(pairs.get(0).metricName()).title(),
                metric,
                Numbers.of(images, "image"),
                methods,
                lines,
                "SELECT method, detail AS other, avg(value) AS mean, count(value) AS images FROM attribution_metrics WHERE metric = "
                        + Select.literal(metric)
                        + " GROUP BY method, detail HAVING count(value) > 0 ORDER BY method, other");
    }

    private List<Page.ByTarget> byTarget() {
        List<Column> columns = columns();
        TreeSet<String> targets = new TreeSet<>();
        explanations.byTarget().forEach(row -> targets.add(row.group()));

        return targets.isEmpty()
                ? List.of()
                : columns.stream()
                        .filter(column -> column.measure.aspect().isStability())
                        .map(column -> byTarget(column, column.parametersAmong(columns), targets))
                        .toList();
    }

    private Page.ByTarget byTarget(Column column, String parameters, Collection<String> targets) {
        return new Page.ByTarget(
                column.measure.title() + (parameters.isEmpty() ? "" : ": " + parameters),
                column.measure.better(),
                methods,
                targets.stream()
                        .map(target -> new Page.Line(
                                target,
                                methods.stream()
                                        .map(method -> cell(column.metric(method), target))
                                        .toList()))
                        .toList(),
                Select.from("group_metrics")
                        .in("metric", methods.stream().map(column::metric).toList())
                        .is("attribute", Group.TARGET)
                        .by("`group`, metric")
                        .text());
    }
}
