package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.ReadingKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What models draw for their classes; each row names its run.
 *
 * @param drawings in any order; none where nothing was drawn
 * @param readings what was looked for in them, in any order
 */
public record Prototypes(List<PrototypeRow> drawings, List<PrototypeReadingRow> readings) {
    /** Those of a run for which nothing was drawn. */
    public static final Prototypes NONE = new Prototypes(List.of(), List.of());

    private static final int MOST_SHOWN = 30;

    public Prototypes {
        drawings = List.copyOf(drawings);
        readings = List.copyOf(readings);
        drawings.forEach(row -> requireNonNull(row, "row"));
    }

    /**
     * The names of the classes whose drawings are shown: those into which something is drawn come first.
     *
     * @param classes the index of each
     */
    public static List<String> shown(Map<String, Integer> classes, List<PrototypeReadingRow> readings) {
        List<String> inOrder = classes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Set<String> drawnInto = readings.stream()
                .filter(PrototypeReadingRow::drawnIn)
                .map(PrototypeReadingRow::className)
                .collect(Collectors.toSet());
        Set<String> order = new LinkedHashSet<>();
        inOrder.stream().filter(drawnInto::contains).forEach(order::add);
        order.addAll(inOrder);
        return order.stream().limit(MOST_SHOWN).toList();
    }

    /** The names of the classes whose drawings are shown. */
    List<String> shown() {
        Map<String, Integer> classes = new HashMap<>();
        drawings.forEach(row -> classes.merge(row.className(), row.classIndex(), Math::min));
        return shown(classes, readings);
    }

    /** What each method is called. */
    Map<String, String> labels() {
        return methods().stream().collect(Collectors.toMap(DrawingMethod::method, DrawingMethod::label));
    }

    /** What a reading is about. */
    static String property(PrototypeReadingRow row) {
        return row.kind() == ReadingKind.FEATURE ? "feature " + row.feature() : row.attribute() + " = " + row.group();
    }

    /** What each method drew; those that are baselines of the others come last. */
    public List<DrawingMethod> methods() {
        Map<String, Set<String>> textsByName = drawings.stream()
                .collect(Collectors.groupingBy(
                        PrototypeRow::methodName, Collectors.mapping(PrototypeRow::method, Collectors.toSet())));
        Map<String, List<PrototypeRow>> byMethod = drawings.stream()
                .sorted(Comparator.comparing(Prototypes::isBaseline).thenComparing(PrototypeRow::method))
                .collect(Collectors.groupingBy(PrototypeRow::method, LinkedHashMap::new, Collectors.toList()));
        return byMethod.values().stream()
                .map(rows -> {
                    PrototypeRow any = rows.get(0);
                    boolean told =
                            textsByName.getOrDefault(any.methodName(), Set.of()).size() == 1;
                    return DrawingMethod.of(told ? any.methodName() : any.method(), rows);
                })
                .toList();
    }

    /** Whether a method that does not start where all classes are equally likely drew it: other methods are to be closer to the images. */
    static boolean isBaseline(PrototypeRow row) {
        return row.startVariance() == null;
    }
}
