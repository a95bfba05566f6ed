package dev.tapetum.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sparse autoencoder whose features an audit speaks of, and how autoencoders are trained.
 *
 * @param path folder of a trained autoencoder, as {@code sae train} makes it; null for an audit without features
 * @param top most features that are kept of an image, at least 1
 * @param features indices of those whose frequency is compared between groups, at most 64, none of them twice
 * @param training what {@code sae train} does
 */
public record SaeSettings(@Nullable String path, int top, List<Integer> features, SaeTraining training)
        implements Serializable {

    /** More would not be named one by one, and each is counted in every group and every resample. */
    private static final int MOST_FEATURES = 64;

    public SaeSettings {
        if (path != null) {
            Require.text("path", path);
        }

        Require.that(top >= 1, "top must be at least 1, not " + top);
        features = List.copyOf(features);
        Require.that(
                features.size() <= MOST_FEATURES,
                "features must be at most " + MOST_FEATURES + ", not " + features.size()
                        + "; every group is compared by each of them, and feature_associations has all");
        Require.that(
                path != null || features.isEmpty(), "features are those of an autoencoder, and sae.path names none");
        Require.noDuplicates("features", features);
        for (int i = 0; i < features.size(); i++) {
            Require.that(
                    features.get(i) >= 0, "features[" + i + "] must be an index from 0 on, not " + features.get(i));
        }
    }
}
