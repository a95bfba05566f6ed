package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the drawings of a class show more, or less, of than its images and than the drawings of other classes. */
@Comment(
        "One row per class, method and property: how much of the property, a value of an attribute or a feature of an autoencoder, is drawn into the class.")
public record PrototypeReadingRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Class that was drawn.") String className,
        @Comment("Index of the class.") int classIndex,

        @Comment("Method that drew, with all its parameters.")
        String method,

        @Comment("Name of the method.") String methodName,

        @Comment("What is looked for: attribute (a value of an attribute) or feature (a feature of an autoencoder).")
        ReadingKind kind,

        @Comment("Attribute; null for a feature.") @Nullable String attribute,

        @Comment("Value of the attribute; null for a feature.") @Nullable
        String group,

        @Comment("Index of the feature; null for an attribute.") @Nullable
        Integer feature,

        @Comment("Where it is looked for: pixels, or a tap.")
        String tap,

        @Comment(
                "How well held-out images with the property are told from those without, as area under the curve from 0.5 to 1; null for a feature.")
        @Nullable
        Double separation,

        @Comment("Drawings of the class.") long n,

        @Comment(
                "How much of it the drawings have, their mean: of an attribute 0 where images of the class without the value lie and 1 where those with it do; of a feature the share of drawings in which it is active; null where images do not tell.")
        @Nullable
        Double value,

        @Comment("The same of images of the class; null without such.") @Nullable
        Double natural,

        @Comment("The same of drawings of the other classes by the same method; null without such.") @Nullable
        Double others,

        @Comment("Value less the larger of natural and others; null where one is missing.") @Nullable
        Double difference,

        @Comment(
                "Lower end of the interval of the difference, within what classes differ by anyway; null below three classes.")
        @Nullable
        Double ciLow,

        @Comment("Upper end of the interval of the difference; null below three classes.") @Nullable
        Double ciHigh,

        @Comment(
                "p-value of no more of it than in other drawings: of an attribute than classes differ by anyway, of a feature also than in images of the class; null where it was not tested.")
        @Nullable
        Double pValue,

        @Comment("p-value corrected over all readings of the run by the same method; null where it was not tested.")
        @Nullable
        Double qValue,

        @Comment("Whether it is drawn into the class: established, and as much as the plan calls for.")
        boolean drawnIn,

        @Comment(
                "Where it shows in the pixels, as first row, first column, rows and columns; empty where it shows everywhere or not in the pixels.")
        List<Integer> place,

        @Comment("Mean colour of the drawings in that place, red, green and blue from 0 to 1; empty without a place.")
        List<Double> colourInside,

        @Comment("Mean colour of the drawings outside that place; empty without a place.")
        List<Double> colourOutside) {
    public PrototypeReadingRow {
        requireNonNull(runId, "runId");
        requireNonNull(className, "className");
        requireNonNull(method, "method");
        requireNonNull(methodName, "methodName");
        requireNonNull(kind, "kind");
        requireNonNull(tap, "tap");
        place = List.copyOf(place);
        colourInside = List.copyOf(colourInside);
        colourOutside = List.copyOf(colourOutside);
    }
}
