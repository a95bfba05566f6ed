package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How many images went from one predicted class to another. */
@Comment(
        "One row per pair of predicted classes, in the baseline and in the run that was compared with it, and whether each was right.")
public record FlipRow(
        @Comment("Run that was compared: the candidate.") String runId,
        @Comment("Run that it was compared with.") String baseline,

        @Comment("Class that the baseline predicts.") String predictedBefore,

        @Comment("Class that the candidate predicts.") String predictedAfter,

        @Comment("Whether the baseline's class is the label; null without a label index.") @Nullable
        Boolean correctBefore,

        @Comment("Whether the candidate's class is the label; null without a label index.") @Nullable
        Boolean correctAfter,

        @Comment("Images scored in both runs of which that is true.")
        long images) {
    public FlipRow {
        requireNonNull(runId, "runId");
        requireNonNull(baseline, "baseline");
        requireNonNull(predictedBefore, "predictedBefore");
        requireNonNull(predictedAfter, "predictedAfter");
    }
}
