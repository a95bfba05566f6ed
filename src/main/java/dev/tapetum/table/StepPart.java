package dev.tapetum.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of an intervention on an image: {@link InterventionRow} without what all steps have in common. */
public record StepPart(
        @Comment("Step, from 0, in the order of the strengths.")
        int step,

        @Comment("Strength of the property, in the editor's own unit.")
        double strength,

        @Comment("Index of the class predicted for the edited image.")
        int predictedIndex,

        @Comment("Root mean square change of the values, from 0 to 1, inside the region that the editor may change.")
        double editDistance,

        @Comment("The same outside of that region; null when the editor may change the whole image.") @Nullable
        Double outsideDistance,

        @Comment("The property as measured on the edited pixels; null for an editor without a measure.") @Nullable
        Double measured,

        @Comment("Whether the edit did what it should; the other steps are in no statistic.")
        boolean valid,

        @Comment("What the model said about each target.") List<OutcomePart> outcomes) {
    public StepPart {
        outcomes = List.copyOf(outcomes);
    }
}
