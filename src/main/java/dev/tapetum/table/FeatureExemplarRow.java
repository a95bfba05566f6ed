package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

/** How a feature lies on an image in which it is especially active. Equality is by component, of {@code activations} by identity. */
@SuppressWarnings("ArrayRecordComponent")
@Comment(
        "One row per feature that the report shows and image in which it is most active, of which there are up to five: how the feature lies on the image's grid.")
public record FeatureExemplarRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("Index of the feature.") int feature,

        @Comment("Place of the image among those of the feature, from 0, the most active first.")
        int rank,

        @Comment("Image, unique within the data set.") String imageId,

        @Comment("The feature's largest activation on the grid, on the scale of normalised tokens.")
        float activation,

        @Comment("Rows of the grid.") int rows,
        @Comment("Columns of the grid.") int cols,

        @Comment("The feature's activation at every position of the grid, row by row; 0 where it is not active.")
        float[] activations) {
    /** @throws IllegalArgumentException when the activations do not make a grid of that size */
    public FeatureExemplarRow {
        requireNonNull(runId, "runId");
        requireNonNull(sae, "sae");
        requireNonNull(imageId, "imageId");

        if (activations.length != rows * cols) {
            throw new IllegalArgumentException(
                    activations.length + " activations do not make a grid of " + rows + " x " + cols);
        }
    }
}
