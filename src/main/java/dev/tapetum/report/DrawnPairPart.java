package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.RunRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what two models draw for the same classes by the same methods, and what is drawn into a class by either. */
final class DrawnPairPart {
    private static final int MOST_READINGS = 30;

    private DrawnPairPart() {}

    /** @param sheet lays out the drawings of one class; null where there are no pictures */
    static ComparePage.Drawn of(Comparison comparison, @Nullable ContactSheet sheet) {
        Map<String, List<PrototypeRow>> byClass = inBoth(comparison);
        List<PrototypeReadingRow> readings = comparison.prototypes().readings().stream()
                .filter(row -> byClass.getOrDefault(row.className(), List.of()).stream()
                        .anyMatch(drawing -> drawing.method().equals(row.method())))
                .toList();
        Map<String, Integer> classes = new HashMap<>();
        byClass.forEach((name, rows) -> classes.put(name, rows.get(0).classIndex()));
        List<String> shown = Prototypes.shown(classes, readings);
        List<ComparePage.DrawnInto> drawnInto = drawnInto(readings, comparison);
        long methods = byClass.values().stream()
                .flatMap(List::stream)
                .map(PrototypeRow::methodName)
                .distinct()
                .count();
        Function<PrototypeRow, String> hand =
                row -> whose(row.runId(), comparison) + (methods > 1 ? ", " + row.methodName() : "");
        return new ComparePage.Drawn(
                classes.size(),
                sheet == null
                        ? List.of()
                        : shown.stream()
                                .map(name -> sheet.of(byClass.getOrDefault(name, List.of()), hand))
                                .toList(),
                classes.size() - shown.size(),
                drawnInto.stream().limit(MOST_READINGS).toList(),
                Math.max(0, drawnInto.size() - MOST_READINGS),
                new Select(
                                "*",
                                "all_prototype_readings",
                                List.of(),
                                "class_index, method, attribute, `group`, feature, run_id")
                        .in(
                                "run_id",
                                List.of(
                                        comparison.baseline().runId(),
                                        comparison.candidate().runId()))
                        .text());
    }

    private static String whose(String runId, Comparison comparison) {
        return runId.equals(comparison.baseline().runId()) ? "baseline" : "candidate";
    }

    /**
     * The drawings of each class by methods that drew it in both runs, the baseline's before the candidate's; without the method that
     * others are told beside where there are others.
     */
    private static Map<String, List<PrototypeRow>> inBoth(Comparison comparison) {
        List<PrototypeRow> drawings = comparison.prototypes().drawings();
        boolean equidistant = drawings.stream().anyMatch(row -> !Prototypes.isBaseline(row));
        Map<List<String>, List<PrototypeRow>> byMethod = drawings.stream()
                .filter(row -> !equidistant || !Prototypes.isBaseline(row))
                .sorted(Comparator.comparing(PrototypeRow::method)
                        .thenComparing(row -> whose(row.runId(), comparison))
                        .thenComparingInt(PrototypeRow::seed))
                .collect(Collectors.groupingBy(
                        row -> List.of(row.className(), row.method()), LinkedHashMap::new, Collectors.toList()));
        Map<String, List<PrototypeRow>> byClass = new LinkedHashMap<>();
        byMethod.values().stream()
                .filter(rows ->
                        rows.stream().map(PrototypeRow::runId).distinct().count() == 2)
                .forEach(rows -> byClass.computeIfAbsent(rows.get(0).className(), name -> new ArrayList<>())
                        .addAll(rows));
        return byClass;
    }

    /** What is drawn into a class in either run; what only one has comes first. */
    private static List<ComparePage.DrawnInto> drawnInto(List<PrototypeReadingRow> readings, Comparison comparison) {
        record Read(String className, String method, String property) {}
        Map<Read, List<PrototypeReadingRow>> pairs = readings.stream()
                .sorted(Comparator.comparing(PrototypeReadingRow::className)
                        .thenComparing(PrototypeReadingRow::method)
                        .thenComparing(Prototypes::property))
                .collect(Collectors.groupingBy(
                        row -> new Read(row.className(), row.methodName(), Prototypes.property(row)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return pairs.values().stream()
                .filter(rows -> rows.stream().anyMatch(PrototypeReadingRow::drawnIn))
                .sorted(Comparator.comparing(rows -> rows.stream().allMatch(PrototypeReadingRow::drawnIn)))
                .map(rows -> amounts(rows, comparison))
                .toList();
    }

    private static ComparePage.DrawnInto amounts(List<PrototypeReadingRow> rows, Comparison comparison) {
        PrototypeReadingRow before = ofRun(comparison.baseline(), rows);
        PrototypeReadingRow after = ofRun(comparison.candidate(), rows);
        PrototypeReadingRow any = rows.get(0);
        return new ComparePage.DrawnInto(
                any.className(),
                any.methodName(),
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
