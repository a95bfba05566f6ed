package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feature of an autoencoder over all images of a run. */
@Comment(
        "One row per feature of an autoencoder: how often it is active over all images of the run, counted in full whatever sae.top is.")
public record FeatureRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("Index of the feature.") int feature,

        @Comment("Scored images in which it is active anywhere on the grid.")
        long images,

        @Comment("Share of such images among the scored ones; null when there are none.") @Nullable
        Double frequency,

        @Comment("Its largest activation in an image, on average over the images in which it is active; null in none.")
        @Nullable
        Double meanActivation,

        @Comment("Its largest activation in any image, on the scale of normalised tokens; null in none.") @Nullable
        Double maxActivation,

        @Comment("Whether it is active in no image.") boolean dead,

        @Comment("The images in which it is most active, the most first; of equal ones the first id.")
        List<Exemplar> topImages) {
    public FeatureRow {
        requireNonNull(runId, "runId");
        requireNonNull(sae, "sae");
        topImages = List.copyOf(topImages);
    }
}
