package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What taking a feature out does to a class in a group of images, or what doing as much to something else does. */
@Comment(
        "One row per editor of a feature, control, target and group: how the target's mean probability changes when the feature is taken out, and by how much more than with the control.")
public record FeatureAblationRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Editor that took it out, with its parameters: a feature may be set in several places.")
        String editor,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("Index of the feature that the plan asks about.")
        int feature,

        @Comment(
                "What was changed: none for the feature itself; random-feature for another one, active in about as many images; random-direction for the feature's own change along a random direction of the same length.")
        String control,

        @Comment(
                "Class whose probability is followed, over the images on which it is (with targets = [predicted] those predicted"
                        + " as it, with [label] those labelled as it); * for each image's own target.")
        String target,

        @Comment(
                "Attribute that makes the group; error for the images that the model gets wrong or right; * for all images.")
        String attribute,

        @Comment("Value of the attribute; wrong or right; * for all images.")
        String group,

        @Comment("Images behind the numbers: those on which the feature and both controls were taken out.")
        long n,

        @Comment("Units behind the numbers: clusters where the data set names any, else images.")
        long clusters,

        @Comment(
                "Mean of the target's probability with it taken out less that of the image as it is, each image with its weight.")
        double change,

        @Comment("Lower end of its interval; null where the images or clusters tell no more than one would.") @Nullable
        Double ciLow,

        @Comment("Upper end of its interval; null where the images or clusters tell no more than one would.") @Nullable
        Double ciHigh,

        @Comment(
                "Mean over the same images of the feature's own change less the control's; null for the feature itself.")
        @Nullable
        Double difference,

        @Comment("Lower end of its interval; null as the other one is, and for the feature itself.") @Nullable
        Double differenceCiLow,

        @Comment("Upper end of its interval; null as the other one is, and for the feature itself.") @Nullable
        Double differenceCiHigh,

        @Comment("Level of the intervals.") double confidence,

        @Comment(
                "p-value of Student's test that nothing changes, for the feature itself; of no difference from it, for a control; null where the images or clusters tell no more than one would, or all tell the very same.")
        @Nullable
        Double pValue,

        @Comment("p-value corrected over all rows of the run; null without a p-value.") @Nullable
        Double qValue) {
    /** The control of the feature itself. */
    public static final String ITSELF = "none";

    public FeatureAblationRow {
        requireNonNull(runId, "runId");
        requireNonNull(editor, "editor");
        requireNonNull(sae, "sae");
        requireNonNull(control, "control");
        requireNonNull(target, "target");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
    }
}
