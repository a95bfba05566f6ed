package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** One image that could not be scored, and why. */
@Comment("One row per rejected image: where on its way it fell out, and why.")
public record RejectRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,
        @Comment("Where the image was to be read from.") String uri,

        @Comment("Step that refused the image: list, read, decode or score.")
        RejectStage stage,

        @Comment("Kind of the defect, one of a fixed list, in kebab case.")
        String reason,

        @Comment("What was found, in one sentence.") String message,

        @Comment("Attributes by name, so that rates of rejection by group need no join.")
        Map<String, String> attributes) {
    public RejectRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(uri, "uri");
        requireNonNull(stage, "stage");
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        attributes = Attributes.sorted(attributes);
    }
}
