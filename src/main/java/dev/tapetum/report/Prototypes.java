package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model draws for its classes.
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

    /** The classes whose drawings are shown, by their indices: those into which something is drawn come first. */
    public static List<Integer> shown(Collection<Integer> classes, List<PrototypeReadingRow> readings) {
        Set<Integer> order = new LinkedHashSet<>();
        readings.stream()
                .filter(PrototypeReadingRow::drawnIn)
                .map(PrototypeReadingRow::classIndex)
                .sorted()
                .filter(classes::contains)
                .forEach(order::add);
        classes.stream().sorted().forEach(order::add);
        return order.stream().limit(MOST_SHOWN).toList();
    }

    /** The mean of a column over the rows that have it; NaN where none has. */
    static double mean(List<PrototypeRow> rows, Function<PrototypeRow, @Nullable Double> column) {
        return rows.stream()
                .map(column)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }
}
