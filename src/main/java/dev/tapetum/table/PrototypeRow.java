package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model draws for a class, and how natural its way through the model is. Equality is by component, of {@code png} by identity. */
@SuppressWarnings("ArrayRecordComponent")
@Comment(
        "One row per class, method and seed: what the model itself draws for the class, and whether it takes the way through the model that photographs of the class take.")
public record PrototypeRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Class that was drawn.") String className,
        @Comment("Index of the class.") int classIndex,

        @Comment("Number of the drawing among those of its class and method, from 0.")
        int seed,

        @Comment("Method with all its parameters.") String method,
        @Comment("Name of the method.") String methodName,

        @Comment("Logit of the class for the picture as it is stored.")
        double logit,

        @Comment("Softmax probability of the class for the picture as it is stored.")
        double probability,

        @Comment("Steps that were made before the drawing stopped.")
        int steps,

        @Comment(
                "Variance over the classes of the softmax probabilities at the start; null for a method that does not start where all classes are equally likely.")
        @Nullable
        Double startVariance,

        @Comment("Images of the class whose mean activation is its path.")
        long meanImages,

        @Comment(
                "Mean absolute difference between the activation and the path, mean over the taps; null without images of the class.")
        @Nullable
        Double pathL1,

        @Comment("Spearman's correlation of the activation with the path, mean over the taps; null without images.")
        @Nullable
        Double pathSpearman,

        @Comment("The same difference of held-out images of the class, their mean; null without such.") @Nullable
        Double naturalL1,

        @Comment("The same correlation of held-out images of the class, their mean; null without such.") @Nullable
        Double naturalSpearman,

        @Comment("The same difference of images of other classes, their mean; null without such.") @Nullable
        Double otherL1,

        @Comment("The same correlation of images of other classes, their mean; null without such.") @Nullable
        Double otherSpearman,

        @Comment("The same numbers tap by tap; empty without images of the class.")
        List<PathPart> taps,

        @Comment("The picture, as PNG in the size of the model's input.")
        byte[] png) {
    public PrototypeRow {
        requireNonNull(runId, "runId");
        requireNonNull(className, "className");
        requireNonNull(method, "method");
        requireNonNull(methodName, "methodName");
        requireNonNull(png, "png");
        taps = List.copyOf(taps);
    }
}
