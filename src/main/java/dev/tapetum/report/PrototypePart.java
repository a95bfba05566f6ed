package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.ReadingKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a model draws for its classes: how natural the drawings are, the drawings, and what is drawn into them. */
final class PrototypePart {
    private static final int MOST_READINGS = 12;

    private PrototypePart() {}

    /** @param sheet lays out the drawings of one class; null where there are no pictures */
    static Page.Drawn of(Report report, @Nullable ContactSheet sheet) {
        List<PrototypeRow> drawings = inOrder(report.prototypes().drawings());
        List<PrototypeReadingRow> readings = report.prototypes().readings().stream()
                .filter(row -> row.value() != null)
                .sorted(Comparator.comparing((PrototypeReadingRow row) -> !row.drawnIn())
                        .thenComparing(row -> -Numbers.orNaN(row.difference()))
                        .thenComparingInt(PrototypeReadingRow::classIndex))
                .toList();
        Map<Integer, List<PrototypeRow>> byClass = new TreeMap<>();
        drawings.forEach(row -> byClass.computeIfAbsent(row.classIndex(), index -> new ArrayList<>())
                .add(row));
        List<Integer> shown = Prototypes.shown(byClass.keySet(), readings);
        List<Page.Sheet> sheets = sheet == null
                ? List.of()
                : shown.stream()
                        .map(index -> sheet.of(byClass.getOrDefault(index, List.of()), PrototypeRow::methodName))
                        .toList();
        return new Page.Drawn(
                methods(drawings),
                comparison(drawings),
                sheets,
                byClass.size() - shown.size(),
                readings.stream()
                        .limit(MOST_READINGS)
                        .map(PrototypePart::reading)
                        .toList(),
                Math.max(0, readings.size() - MOST_READINGS),
                untold(report.prototypes().readings()),
                List.of(
                        Select.from("prototypes")
                                .by("class_index, method, seed")
                                .text(),
                        Select.from("prototype_readings")
                                .by("drawn_in DESC, difference DESC")
                                .text()));
    }

    private static List<PrototypeRow> inOrder(List<PrototypeRow> drawings) {
        return drawings.stream()
                .sorted(Comparator.comparingInt(PrototypeRow::classIndex)
                        .thenComparing(row -> row.startVariance() == null)
                        .thenComparing(PrototypeRow::method)
                        .thenComparingInt(PrototypeRow::seed))
                .toList();
    }

    private static List<Page.DrawnBy> methods(List<PrototypeRow> drawings) {
        Map<String, List<PrototypeRow>> byMethod = drawings.stream()
                .collect(Collectors.groupingBy(PrototypeRow::method, LinkedHashMap::new, Collectors.toList()));
        return byMethod.entrySet().stream()
                .map(entry -> method(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Page.DrawnBy method(String method, List<PrototypeRow> rows) {
        return new Page.DrawnBy(
                method,
                Numbers.count(rows.size()),
                Numbers.percent(Prototypes.mean(rows, PrototypeRow::probability)),
                Numbers.digits(Prototypes.mean(rows, PrototypeRow::pathL1)),
                Numbers.digits(Prototypes.mean(rows, PrototypeRow::naturalL1)),
                Numbers.digits(Prototypes.mean(rows, PrototypeRow::otherL1)),
                Numbers.hundredths(Prototypes.mean(rows, PrototypeRow::pathSpearman)),
                Numbers.hundredths(Prototypes.mean(rows, PrototypeRow::naturalSpearman)),
                Numbers.hundredths(Prototypes.mean(rows, PrototypeRow::otherSpearman)));
    }

    /** In how many classes the first method is more natural than each other; empty where nothing can be compared. */
    private static List<String> comparison(List<PrototypeRow> drawings) {
        Map<String, Map<Integer, List<PrototypeRow>>> byMethod = drawings.stream()
                .collect(Collectors.groupingBy(
                        PrototypeRow::methodName,
                        LinkedHashMap::new,
                        Collectors.groupingBy(PrototypeRow::classIndex, TreeMap::new, Collectors.toList())));
        if (byMethod.size() < 2) {
            return List.of();
        }

        String first = byMethod.keySet().iterator().next();
        return byMethod.keySet().stream()
                .skip(1)
                .map(other -> {
                    Map<Integer, List<PrototypeRow>> mine = byMethod.getOrDefault(first, Map.of());
                    Map<Integer, List<PrototypeRow>> others = byMethod.getOrDefault(other, Map.of());
                    return closer(first, other, mine, others);
                })
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private static String closer(
            String first,
            String other,
            Map<Integer, List<PrototypeRow>> mine,
            Map<Integer, List<PrototypeRow>> others) {
        int compared = 0;
        int nearer = 0;
        int alike = 0;
        for (Map.Entry<Integer, List<PrototypeRow>> entry : mine.entrySet()) {
            List<PrototypeRow> against = others.getOrDefault(entry.getKey(), List.of());
            double l1 = difference(entry.getValue(), against, PrototypeRow::pathL1);
            double spearman = difference(entry.getValue(), against, PrototypeRow::pathSpearman);
            compared += Double.isNaN(l1) || Double.isNaN(spearman) ? 0 : 1;
            nearer += l1 < 0 ? 1 : 0;
            alike += spearman > 0 ? 1 : 0;
        }

        return compared == 0
                ? ""
                : "Of " + Numbers.count(compared) + (compared == 1 ? " class" : " classes") + ", the drawings of "
                        + first
                        + " are nearer to the path of the class's images than those of " + other + " in " + nearer
                        + " by distance and in " + alike + " by correlation.";
    }

    private static double difference(
            List<PrototypeRow> mine, List<PrototypeRow> others, Function<PrototypeRow, @Nullable Double> column) {
        return Prototypes.mean(mine, column) - Prototypes.mean(others, column);
    }

    private static Page.Reading reading(PrototypeReadingRow row) {
        boolean inPlace = row.drawnIn() && row.place().size() == 4;
        return new Page.Reading(
                row.className(),
                row.methodName(),
                property(row),
                row.tap(),
                Numbers.digits(Numbers.orNaN(row.value())),
                Numbers.digits(Numbers.orNaN(row.natural())),
                Numbers.digits(Numbers.orNaN(row.others())),
                Numbers.digits(Numbers.orNaN(row.difference())),
                row.ciLow() == null || row.ciHigh() == null
                        ? Numbers.NONE
                        : Numbers.digits(row.ciLow()) + " to " + Numbers.digits(row.ciHigh()),
                Numbers.q(Numbers.orNaN(row.qValue())),
                row.drawnIn(),
                inPlace ? place(row.place()) : "",
                inPlace ? colour(row.colourInside()) : "",
                inPlace ? colour(row.colourOutside()) : "");
    }

    private static String property(PrototypeReadingRow row) {
        return row.kind() == ReadingKind.FEATURE ? "feature " + row.feature() : row.attribute() + " = " + row.group();
    }

    /** From 0, as in the table and in findings. */
    private static String place(List<Integer> place) {
        return "rows " + place.get(0) + " to " + (place.get(0) + place.get(2) - 1) + ", columns " + place.get(1)
                + " to " + (place.get(1) + place.get(3) - 1);
    }

    /** A colour as style sheets write it; empty where there is none. */
    private static String colour(List<Double> colour) {
        return colour.size() != 3
                ? ""
                : colour.stream()
                        .map(value ->
                                String.format(Locale.ROOT, "%d", Math.round(255 * Math.max(0, Math.min(1, value)))))
                        .collect(Collectors.joining(", ", "rgb(", ")"));
    }

    /** The values of attributes that images do not tell apart, by how well they do. */
    private static List<String> untold(List<PrototypeReadingRow> readings) {
        Map<String, Double> separations = new HashMap<>();
        readings.stream()
                .filter(row -> row.value() == null && row.kind() == ReadingKind.ATTRIBUTE)
                .forEach(row -> separations.merge(property(row), Numbers.orNaN(row.separation()), Math::max));
        return separations.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey()
                        + (Double.isNaN(entry.getValue())
                                ? " (in too few images)"
                                : " (area under the curve " + Numbers.hundredths(entry.getValue()) + ")"))
                .toList();
    }
}
