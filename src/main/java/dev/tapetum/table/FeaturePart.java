package dev.tapetum.table;

/** How one feature of an autoencoder lies on an image's grid: {@link FeatureActivationRow} without the ids. */
public record FeaturePart(
        @Comment("Index of the feature.") int feature,

        @Comment("Its largest activation on the grid, on the scale of normalised tokens.")
        float maxActivation,

        @Comment("Its mean activation over all positions of the grid, active or not.")
        float meanActivation,

        @Comment("Positions of the grid in which it is active.")
        int activePatches,

        @Comment("Position of the largest activation, numbered row by row from 0.")
        int maxPatch) {}
