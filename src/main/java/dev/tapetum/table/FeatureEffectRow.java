package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What the model said of an image with a feature set to a value. */
@Comment(
        "One row per image, feature of an intervention, control, scale and target: what the model said with the feature set to a value in its patches.")
public record FeatureEffectRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Editor that set the feature, with its parameters: a feature may be set in several places.")
        String editor,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("Index of the feature that the plan asks about.")
        int feature,

        @Comment(
                "What was set: none for the feature itself; random-feature for another one, active in about as many images; random-direction for the feature's own change along a random direction of the same length.")
        String control,

        @Comment("Index of the feature that was set: another one for random-feature.")
        int actingFeature,

        @Comment(
                "Value that it was set to, as a multiple of its largest activation in the earlier run that the plan names, or in the held-out images of its training; 0 took it out.")
        double scale,

        @Comment("Class that the logit and the probability are of.")
        String target,

        @Comment("Index of that class.") int targetIndex,

        @Comment("Whether it is the class of the image's own that the plan follows: its predicted class or its label.")
        boolean own,

        @Comment("Logit of the target.") double logit,
        @Comment("Softmax probability of the target.") double probability,
        @Comment("Index of the class that was predicted.") int predictedIndex,

        @Comment(
                "Of the image as it is: squared error of the reconstruction of its tokens over their squared distance from the mean token; null when they are the mean.")
        @Nullable
        Double reconstructionError,

        @Comment("Whether the logits are finite numbers; what is not valid is in no statistic.")
        boolean valid,

        @Comment("Images that the image stands for in the statistics: one over the probability that it was drawn.")
        double weight) {
    public FeatureEffectRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(editor, "editor");
        requireNonNull(sae, "sae");
        requireNonNull(control, "control");
        requireNonNull(target, "target");
    }
}
