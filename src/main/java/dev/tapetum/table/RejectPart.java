package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Why an image was rejected. The reason is stored in kebab case, however its enum spells it. */
public record RejectPart(
        @Comment("Step that refused the image: list, read, decode or score.")
        RejectStage stage,

        @Comment("Kind of the defect, one of a fixed list, in kebab case.")
        String reason,

        @Comment("What was found, in one sentence.") String message) {
    public RejectPart {
        requireNonNull(stage, "stage");
        requireNonNull(message, "message");
        reason = reason.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
