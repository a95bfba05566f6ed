package dev.tapetum.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The sparse autoencoder whose features an audit speaks of, and how autoencoders are trained.
 *
 * @param path folder of a trained autoencoder, as {@code sae train} makes it; null for an audit without features
 * @param top most features that are kept of an image, at least 1
 * @param training what {@code sae train} does
 */
public record SaeSettings(@Nullable String path, int top, SaeTraining training) implements Serializable {

    public SaeSettings {
        if (path != null) {
            Require.text("path", path);
        }

        Require.that(top >= 1, "top must be at least 1, not " + top);
    }
}
