package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One image of the data set, decoded or not. */
@Comment("One row per image of the data set, rejected ones included: join rejects by image_id to tell them apart.")
public record ImageRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,
        @Comment("Where the image was read from.") String uri,

        @Comment("Label as the data set gives it; null when it gives none.") @Nullable
        String label,

        @Comment(
                "Index of the label among the model's classes; null without a label or when the model lacks the class.")
        @Nullable
        Integer labelIndex,

        @Comment("Attributes by name; one that the data set leaves empty is absent.")
        Map<String, String> attributes,

        @Comment("Unit of resampling, such as a patient or video; null when the data set names none.") @Nullable
        String cluster,

        @Comment("Width in pixels, upright; null when the image was not decoded.") @Nullable
        Integer width,

        @Comment("Height in pixels, upright; null when the image was not decoded.") @Nullable
        Integer height,

        @Comment("Size of the encoded image in bytes; null when it was not decoded.") @Nullable
        Long bytes,

        @Comment("SHA-256 of the encoded image, in hexadecimal; null when it was not decoded.") @Nullable
        String sha256) {
    public ImageRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(uri, "uri");
        attributes = Attributes.sorted(attributes);
    }
}
