package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How one class answers to one property of an image: {@link PropertyGradientRow} without the ids and the editor. */
public record PropertyGradientPart(
        @Comment("Class whose probability (or logit) is followed.")
        String target,

        @Comment("Index of that class.") int targetIndex,

        @Comment("Whether it is the class of the image's own that the plan follows: its predicted class or its label.")
        boolean own,

        @Comment(
                "Mean modulus of the derivative by the strength scaled to 0..1; null with fewer than three valid steps.")
        @Nullable
        Double expectedGradient,

        @Comment("Mean derivative with its sign; null with fewer than three valid steps.") @Nullable
        Double signedGradient,

        @Comment("Value at the strongest valid step minus that at the weakest; null with fewer than three valid steps.")
        @Nullable
        Double totalChange,

        @Comment("Pearson correlation with the strength; null when either does not vary.") @Nullable
        Double correlation,

        @Comment("Two-sided p-value of the expected gradient among shuffled orders of the steps; null as it is.")
        @Nullable
        Double pValue,

        @Comment("Whether the target becomes or ceases to be the prediction on the way; null without valid steps.")
        @Nullable
        Boolean flipped,

        @Comment("Strength of the first step at which it has; null when it does not flip.") @Nullable
        Double flipStrength,

        @Comment("Steps whose edit did what it should.") int validSteps,

        @Comment("Steps that were left out, since their edit did not.")
        int excludedSteps) {
    public PropertyGradientPart {
        requireNonNull(target, "target");
    }
}
