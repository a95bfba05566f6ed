package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features of an autoencoder that are active in an image.
 *
 * <p>Equality is by component, of arrays by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
public record FeaturesPart(
        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("All features that are active anywhere on the grid, ascending.")
        int[] active,

        @Comment("The largest activation of each of them on the grid.")
        float[] maxima,

        @Comment("How the strongest of them lie on the grid, strongest first.")
        List<FeaturePart> top,

        @Comment(
                "Squared error of the reconstruction of the image's tokens over their squared distance from the mean token; null when they are the mean.")
        @Nullable
        Double reconstructionError) {
    public FeaturesPart {
        requireNonNull(sae, "sae");
        top = List.copyOf(top);
        if (active.length != maxima.length) {
            throw new IllegalArgumentException(active.length + " features with " + maxima.length + " maxima");
        }
    }
}
