package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.RunRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what two models draw for the same classes by the same methods, and what is drawn into a class by either. */
final class DrawnPairPart {
    private static final int MOST_READINGS = 30;

    private final Comparison comparison;
    private final Map<String, String> labels;

    private DrawnPairPart(Comparison comparison) {
        this.comparison = comparison;
        this.labels = comparison.prototypes().labels();
    }

    /** @param sheet lays out the drawings of one class; null where there are no pictures */
    static ComparePage.Drawn of(Comparison comparison, @Nullable ContactSheet sheet) {
        return new DrawnPairPart(comparison).drawn(sheet);
    }

    private ComparePage.Drawn drawn(@Nullable ContactSheet sheet) {
        Map<String, List<PrototypeRow>> byClass = comparison.prototypes().drawings().stream()
                .sorted(Comparator.comparing(Prototypes::isBaseline)
                        .thenComparing(PrototypeRow::method)
                        .thenComparing(row -> whose(row.runId())))
                .collect(Collectors.groupingBy(PrototypeRow::className, TreeMap::new, Collectors.toList()));
        List<String> shown = comparison.prototypes().shown();
        List<ComparePage.DrawnInto> drawnInto = drawnInto();
        return new ComparePage.Drawn(
                byClass.size(),
                sheet == null
                        ? List.of()
                        : shown.stream()
                                .map(name -> sheet.of(byClass.getOrDefault(name, List.of()), this::hand))
                                .toList(),
                byClass.size() - shown.size(),
                drawnInto.stream().limit(MOST_READINGS).toList(),
                Math.max(0, drawnInto.size() - MOST_READINGS),
                new Select("*", "all_prototype_readings", List.of(), "class_index, method, attribute, `group`, run_id")
                        .where("attribute IS NOT NULL")
                        .in(
                                "run_id",
                                List.of(
                                        comparison.baseline().runId(),
                                        comparison.candidate().runId()))
                        .text());
    }

    private String hand(PrototypeRow row) {
        return whose(row.runId())
                + (labels.size() > 1 ? ", " + labels.getOrDefault(row.method(), row.methodName()) : "");
    }

    private String whose(String runId) {
        return runId.equals(comparison.baseline().runId()) ? "baseline" : "candidate";
    }

    /** What is drawn into a class in either run; what only one has comes first. */
    private List<ComparePage.DrawnInto> drawnInto() {
        record Read(String className, String method, String property) {}
        Map<Read, List<PrototypeReadingRow>> pairs = comparison.prototypes().readings().stream()
                .sorted(Comparator.comparing(PrototypeReadingRow::className)
                        .thenComparing(PrototypeReadingRow::method)
                        .thenComparing(Prototypes::property))
                .collect(Collectors.groupingBy(
                        row -> new Read(row.className(), row.method(), Prototypes.property(row)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return pairs.values().stream()
                .filter(rows -> rows.stream().anyMatch(PrototypeReadingRow::drawnIn))
                .sorted(Comparator.comparing(rows -> rows.stream().allMatch(PrototypeReadingRow::drawnIn)))
                .map(this::drawnInto)
                .toList();
    }

    private ComparePage.DrawnInto drawnInto(List<PrototypeReadingRow> rows) {
        PrototypeReadingRow before = ofRun(comparison.baseline(), rows);
        PrototypeReadingRow after = ofRun(comparison.candidate(), rows);
        PrototypeReadingRow any = rows.get(0);
        return new ComparePage.DrawnInto(
                any.className(),
                labels.getOrDefault(any.method(), any.methodName()),
                Prototypes.property(any),
                amount(before),
                amount(after),
                before == null || !before.drawnIn()
                        ? "candidate alone"
                        : after == null || !after.drawnIn() ? "baseline alone" : "both");
    }

    private static @Nullable PrototypeReadingRow ofRun(RunRow run, List<PrototypeReadingRow> rows) {
        return rows.stream()
                .filter(row -> row.runId().equals(run.runId()))
                .findFirst()
                .orElse(null);
    }

    private static String amount(@Nullable PrototypeReadingRow row) {
        return row == null ? Numbers.NONE : Numbers.digits(Numbers.orNaN(row.value()));
    }
}
