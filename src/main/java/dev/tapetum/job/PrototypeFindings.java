package dev.tapetum.job;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.DrawnProperty;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.prototype.ActivationMaximisation;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.ReadingKind;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What readings of prototypes add to the findings of a run, behind those of the audit: whatever is drawn into a class by the first
 * method of the plan that is no baseline, or that nothing is. A second reading takes the place of the first.
 */
record PrototypeFindings(SparkSession spark, Plan plan, RunFolder folder) {
    /** Of a class's features; the table has the others. */
    private static final int MOST_FEATURES = 3;

    /** Writes the table, and the findings in {@code verdict.json} where there is one. */
    void write(List<PrototypeReadingRow> readings) {
        List<Finding> findings = Table.FINDINGS
                .read(spark, folder.out())
                .where(col("run_id").equalTo(folder.runId()))
                .orderBy("rank")
                .collectAsList()
                .stream()
                .map(FindingTable::finding)
                .filter(finding -> !DrawnProperty.tells(finding))
                .collect(Collectors.toCollection(ArrayList::new));
        of(readings, plan).forEach(finding -> findings.add(finding.ranked(findings.size() + 1)));
        Table.FINDINGS.write(
                spark,
                findings.stream()
                        .map(finding -> FindingTable.row(finding, folder.runId()))
                        .toList(),
                folder.out(),
                folder.runId());
        Path verdict = folder.report(VerdictFile.NAME);
        if (folder.has(verdict)) {
            folder.write(verdict, VerdictFile.withFindings(folder.read(verdict), findings, folder.runId()));
        }
    }

    /** What is told, not ranked yet; nothing where nothing was looked for. */
    static List<Finding> of(List<PrototypeReadingRow> readings, Plan plan) {
        String method = plan.prototypes().methods().stream()
                .filter(one -> !(one instanceof ActivationMaximisation))
                .map(one -> CanonicalText.of((Record) one))
                .findFirst()
                .orElse(null);
        List<PrototypeReadingRow> own =
                readings.stream().filter(row -> row.method().equals(method)).toList();
        if (own.isEmpty()) {
            return List.of();
        }

        StatisticsSettings settings = plan.statisticsSettings();
        List<Finding> drawnIn = new ArrayList<>();
        Map<Integer, Integer> features = new HashMap<>();
        own.stream()
                .filter(PrototypeReadingRow::drawnIn)
                .sorted(Comparator.comparing(PrototypeReadingRow::kind)
                        .thenComparing(row -> -requireNonNull(row.difference())))
                .filter(row -> row.kind() == ReadingKind.ATTRIBUTE
                        || features.merge(row.classIndex(), 1, Integer::sum) <= MOST_FEATURES)
                .forEach(row -> drawnIn.add(drawn(row).finding(settings)));
        return drawnIn.isEmpty() ? List.of(none(requireNonNull(method), own, settings)) : drawnIn;
    }

    private static Finding none(String method, List<PrototypeReadingRow> rows, StatisticsSettings settings) {
        Map<Group, DrawnProperty.Looked> looked = new LinkedHashMap<>();
        for (PrototypeReadingRow row : rows) {
            if (row.kind() == ReadingKind.ATTRIBUTE) {
                boolean told = row.value() != null;
                looked.merge(
                        property(row),
                        new DrawnProperty.Looked(
                                property(row), row.tap(), StatisticTables.orNaN(row.separation()), told),
                        (one, other) -> one.told() ? one : other);
            }
        }

        DrawnProperty most = rows.stream()
                .filter(row -> row.difference() != null)
                .min(Comparator.comparing(PrototypeReadingRow::qValue, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(row -> -requireNonNull(row.difference())))
                .map(PrototypeFindings::drawn)
                .orElse(null);
        return DrawnProperty.none(
                method,
                List.copyOf(looked.values()),
                rows.stream().anyMatch(row -> row.kind() == ReadingKind.FEATURE),
                rows.stream().anyMatch(row -> row.pValue() != null),
                most,
                settings);
    }

    private static Group property(PrototypeReadingRow row) {
        return row.kind() == ReadingKind.FEATURE
                ? Group.WHOLE
                : new Group(requireNonNull(row.attribute()), requireNonNull(row.group()));
    }

    private static DrawnProperty drawn(PrototypeReadingRow row) {
        return new DrawnProperty(
                row.className(),
                row.method(),
                property(row),
                row.feature(),
                row.tap(),
                row.n(),
                StatisticTables.orNaN(row.value()),
                StatisticTables.orNaN(row.natural()),
                StatisticTables.orNaN(row.others()),
                StatisticTables.interval(row.ciLow(), row.ciHigh()),
                StatisticTables.orNaN(row.qValue()),
                shown(row));
    }

    private static DrawnProperty.@Nullable Shown shown(PrototypeReadingRow row) {
        List<Integer> place = row.place();
        return place.isEmpty()
                ? null
                : new DrawnProperty.Shown(
                        place.get(0),
                        place.get(1),
                        place.get(2),
                        place.get(3),
                        row.colourInside(),
                        row.colourOutside());
    }
}
