package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An image in which a feature is especially active. */
public record Exemplar(
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("The feature's largest activation on its grid.")
        float activation,

        @Comment(
                "Position of it, numbered row by row from 0; null when the feature is not among the image's sae.top strongest.")
        @Nullable
        Integer patch) {
    public Exemplar {
        requireNonNull(imageId, "imageId");
    }
}
