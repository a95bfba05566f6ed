package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How one class answers to one property in a group of images. */
@Comment(
        "One row per editor, target and group: how strongly the class answers to the property, and whether that is sure.")
public record PropertyEffectRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Editor with all its parameters, in canonical text.")
        String editor,

        @Comment("Property that is strengthened.") String property,

        @Comment(
                "Class whose probability (or logit) is followed, over the images on which it is (with targets = [predicted] those"
                        + " predicted as it, with [label] those labelled as it); * for each image's own target.")
        String target,

        @Comment("Attribute that makes the group; * for all images.")
        String attribute,

        @Comment("Value of the attribute; * for all images.")
        String group,

        @Comment("Images behind the numbers: those that the editor changed and whose target was followed.")
        long n,

        @Comment("Units of resampling behind the numbers, of those images; n when the data set names no clusters;"
                + " beyond 1,024 clusters an estimate, off by some 3%.")
        long clusters,

        @Comment("Mean expected gradient; null without images.") @Nullable
        Double expectedGradient,

        @Comment("Lower end of its interval.") @Nullable Double ciLow,
        @Comment("Upper end of its interval.") @Nullable Double ciHigh,

        @Comment("Mean signed gradient; null without images.") @Nullable
        Double signedGradient,

        @Comment("Lower end of its interval.") @Nullable Double signedCiLow,
        @Comment("Upper end of its interval.") @Nullable Double signedCiHigh,

        @Comment("Share of images for which the target became or ceased to be the prediction.") @Nullable
        Double flipRate,

        @Comment("Smallest effect that is of any importance, as the plan says.")
        double minEffect,

        @Comment(
                "p-value of the hypothesis that the mean expected gradient is at most min_effect; null where the clusters are fewer"
                        + " than min-group, or tell no more than so few would, since they stand for unequal numbers of images (Kish's effective"
                        + " number, with clusters known to some 3% at 2,000 replicates).")
        @Nullable
        Double pValue,

        @Comment("The p-value corrected over all properties, targets and groups of the run.") @Nullable
        Double qValue) {
    public PropertyEffectRow {
        requireNonNull(runId, "runId");
        requireNonNull(editor, "editor");
        requireNonNull(property, "property");
        requireNonNull(target, "target");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
    }
}
