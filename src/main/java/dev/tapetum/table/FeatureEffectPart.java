package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What the model said when a feature, or what it is held against, was set to one value after the other. */
public record FeatureEffectPart(
        @Comment("Editor that set the feature, as the plan's text.")
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

        @Comment("Images that the image stands for in the statistics: one over the probability that it was drawn.")
        double weight,

        @Comment("The steps, in the order of the strengths.")
        List<StepPart> steps) {
    public FeatureEffectPart {
        requireNonNull(editor, "editor");
        requireNonNull(sae, "sae");
        requireNonNull(control, "control");
        steps = List.copyOf(steps);
    }
}
