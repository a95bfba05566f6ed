package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.report.DrawingMethod.OfClass;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.ReadingKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        List<DrawingMethod> methods = report.prototypes().methods();
        Map<String, String> labels = report.prototypes().labels();
        Map<String, List<PrototypeRow>> byClass =
                drawings.stream().collect(Collectors.groupingBy(PrototypeRow::className));
        List<String> shown = report.prototypes().shown();
        List<Page.Sheet> sheets = sheet == null
                ? List.of()
                : shown.stream()
                        .map(name -> sheet.of(
                                byClass.getOrDefault(name, List.of()),
                                row -> labels.getOrDefault(row.method(), row.methodName())))
                        .toList();
        return new Page.Drawn(
                methods.stream().map(PrototypePart::method).toList(),
                Stream.concat(comparison(methods).stream(), artefacts(methods).stream())
                        .toList(),
                sheets,
                byClass.size() - shown.size(),
                readings.stream()
                        .limit(MOST_READINGS)
                        .map(row -> reading(row, labels.getOrDefault(row.method(), row.methodName())))
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
                        .thenComparing(Prototypes::isBaseline)
                        .thenComparing(PrototypeRow::method)
                        .thenComparingInt(PrototypeRow::seed))
                .toList();
    }

    private static Page.DrawnBy method(DrawingMethod method) {
        return new Page.DrawnBy(
                method.method(),
                Numbers.count(method.drawings()),
                Numbers.percent(mean(method, OfClass::probability)),
                Numbers.digits(mean(method, OfClass::pathL1)),
                Numbers.digits(mean(method, OfClass::naturalL1)),
                Numbers.digits(mean(method, OfClass::otherL1)),
                Numbers.hundredths(mean(method, OfClass::pathSpearman)),
                Numbers.hundredths(mean(method, OfClass::naturalSpearman)),
                Numbers.hundredths(mean(method, OfClass::otherSpearman)));
    }

    private static double mean(DrawingMethod method, Function<OfClass, @Nullable Double> column) {
        return Numbers.orNaN(method.mean(column));
    }

    /** In how many classes each method is more natural than each baseline; empty where nothing can be compared. */
    private static List<String> comparison(List<DrawingMethod> methods) {
        return methods.stream()
                .filter(method -> !method.baseline())
                .flatMap(method -> methods.stream()
                        .filter(DrawingMethod::baseline)
                        .filter(other -> method.closerThan(other).classes() > 0)
                        .map(other -> closer(method, other)))
                .toList();
    }

    /** Where the model is led to what it sees in no image, also of another class. */
    private static List<String> artefacts(List<DrawingMethod> methods) {
        return methods.stream()
                .filter(method -> method.beyondOthers().classes() > 0)
                .map(method -> {
                    DrawingMethod.Closer beyond = method.beyondOthers();
                    return subject(beyond, method)
                            + " are farther from that path than images of other classes in " + beyond.byL1()
                            + " by distance and in " + beyond.bySpearman() + " by correlation"
                            + (beyond.byBoth() == 0
                                    ? "."
                                    : "; where both say so (" + beyond.byBoth()
                                            + ") they are artefacts, which no image comes near.");
                })
                .toList();
    }

    private static String closer(DrawingMethod method, DrawingMethod other) {
        DrawingMethod.Closer closer = method.closerThan(other);
        return subject(closer, method)
                + " are nearer to the path of the class's images than those of " + other.label() + " in "
                + closer.byL1() + " by distance, in " + closer.bySpearman() + " by correlation and in "
                + closer.byBoth() + " by both.";
    }

    private static String subject(DrawingMethod.Closer counted, DrawingMethod method) {
        return "Of " + Numbers.count(counted.classes()) + (counted.classes() == 1 ? " class" : " classes")
                + ", the drawings of " + method.label();
    }

    private static Page.Reading reading(PrototypeReadingRow row, String method) {
        boolean inPlace = row.drawnIn() && row.place().size() == 4;
        return new Page.Reading(
                row.className(),
                method,
                Prototypes.property(row),
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
                .forEach(
                        row -> separations.merge(Prototypes.property(row), Numbers.orNaN(row.separation()), Math::max));
        return separations.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey()
                        + (Double.isNaN(entry.getValue())
                                ? " (too few images with and without it in one class)"
                                : " (area under the curve " + Numbers.hundredths(entry.getValue()) + ")"))
                .toList();
    }
}
