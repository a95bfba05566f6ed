package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

/** A feature of an autoencoder that is active in an image. */
@Comment(
        "One row per image and feature active in it, of each image at most as many as sae.top, the strongest: how the feature lies on the grid.")
public record FeatureActivationRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("Index of the feature.") int feature,

        @Comment("Its largest activation on the grid, on the scale of normalised tokens.")
        float maxActivation,

        @Comment("Its mean activation over all positions of the grid, active or not.")
        float meanActivation,

        @Comment("Positions of the grid in which it is active.")
        int activePatches,

        @Comment("Position of the largest activation, numbered row by row from 0.")
        int maxPatch) {
    public FeatureActivationRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(sae, "sae");
    }
}
