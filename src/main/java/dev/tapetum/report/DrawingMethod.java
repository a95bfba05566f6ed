package dev.tapetum.report;

import dev.tapetum.table.PrototypeRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a method drew.
 *
 * @param method with all its parameters
 * @param label its name, or the method where the name does not tell it from another
 * @param baseline whether others are to be closer to the images than it
 * @param drawings how many, of all classes
 * @param classes in the order of their indices
 */
public record DrawingMethod(String method, String label, boolean baseline, int drawings, List<OfClass> classes) {
    public DrawingMethod {
        classes = List.copyOf(classes);
    }

    /** What a method drew of a class, its seeds' mean; distances are null where the class has no path. */
    public record OfClass(
            String className,
            @Nullable Double logit,
            @Nullable Double probability,
            @Nullable Double pathL1,
            @Nullable Double naturalL1,
            @Nullable Double otherL1,
            @Nullable Double pathSpearman,
            @Nullable Double naturalSpearman,
            @Nullable Double otherSpearman) {

        static OfClass of(List<PrototypeRow> rows) {
            return new OfClass(
                    rows.get(0).className(),
                    average(rows, PrototypeRow::logit),
                    average(rows, PrototypeRow::probability),
                    average(rows, PrototypeRow::pathL1),
                    average(rows, PrototypeRow::naturalL1),
                    average(rows, PrototypeRow::otherL1),
                    average(rows, PrototypeRow::pathSpearman),
                    average(rows, PrototypeRow::naturalSpearman),
                    average(rows, PrototypeRow::otherSpearman));
        }
    }

    /**
     * In how many classes one of two is closer to the class's images than the other.
     *
     * @param classes that are compared
     */
    public record Closer(long classes, long byL1, long bySpearman, long byBoth) {}

    /** @param rows of this method, at least one */
    static DrawingMethod of(String label, List<PrototypeRow> rows) {
        Map<Integer, List<PrototypeRow>> byClass = rows.stream()
                .collect(Collectors.groupingBy(PrototypeRow::classIndex, TreeMap::new, Collectors.toList()));
        return new DrawingMethod(
                rows.get(0).method(),
                label,
                Prototypes.isBaseline(rows.get(0)),
                rows.size(),
                byClass.values().stream().map(OfClass::of).toList());
    }

    /** The mean over the classes that have a value; null where none has. */
    public @Nullable Double mean(Function<OfClass, @Nullable Double> value) {
        return average(classes, value);
    }

    /** In how many of the classes that have a path by both methods this one's drawings are closer to it. */
    public Closer closerThan(DrawingMethod other) {
        Map<String, OfClass> others = other.classes.stream().collect(Collectors.toMap(OfClass::className, one -> one));
        return count(own -> {
            OfClass theirs = others.get(own.className);
            return theirs == null ? null : new Sides(own.pathL1, theirs.pathL1, theirs.pathSpearman, own.pathSpearman);
        });
    }

    /** In how many classes images of other classes are closer to the path than this method's drawings. */
    public Closer beyondOthers() {
        return count(own -> new Sides(own.otherL1, own.pathL1, own.pathSpearman, own.otherSpearman));
    }

    /** What is to be smaller, beside what it is to be smaller than. */
    private record Sides(
            @Nullable Double l1,
            @Nullable Double thanL1,
            @Nullable Double spearman,
            @Nullable Double thanSpearman) {}

    private Closer count(Function<OfClass, @Nullable Sides> sides) {
        long both = 0;
        long l1 = 0;
        long spearman = 0;
        long compared = 0;
        for (OfClass own : classes) {
            Sides one = sides.apply(own);
            if (one != null
                    && one.l1 != null
                    && one.thanL1 != null
                    && one.spearman != null
                    && one.thanSpearman != null) {
                boolean byL1 = one.l1 < one.thanL1;
                boolean bySpearman = one.spearman < one.thanSpearman;
                compared++;
                l1 += byL1 ? 1 : 0;
                spearman += bySpearman ? 1 : 0;
                both += byL1 && bySpearman ? 1 : 0;
            }
        }

        return new Closer(compared, l1, spearman, both);
    }

    private static <T> @Nullable Double average(List<T> all, Function<T, @Nullable Double> value) {
        return all.stream().map(value).filter(Objects::nonNull).mapToDouble(Double::doubleValue).average().stream()
                .boxed()
                .findFirst()
                .orElse(null);
    }
}
