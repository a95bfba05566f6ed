package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What the model said of one step of an intervention about one class. */
@Comment("One row per image, editor, step and target: what the model said of the edited image.")
public record InterventionRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Editor with all its parameters, in canonical text.")
        String editor,

        @Comment("Name of the editor in a plan.") String editorName,
        @Comment("Property that is strengthened.") String property,

        @Comment("Step, from 0, in the order of the strengths.")
        int step,

        @Comment("Strength of the property, in the editor's own unit.")
        double strength,

        @Comment("Class that the logit and the probability are of.")
        String target,

        @Comment("Index of that class.") int targetIndex,

        @Comment("Whether it is the class of the image's own that the plan follows: its predicted class or its label.")
        boolean own,

        @Comment("Logit of the target for the edited image.")
        double logit,

        @Comment("Softmax probability of the target for the edited image.")
        double probability,

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

        @Comment("Images that the image stands for in the statistics: one over the probability that it was drawn.")
        double weight) {
    public InterventionRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(editor, "editor");
        requireNonNull(editorName, "editorName");
        requireNonNull(property, "property");
        requireNonNull(target, "target");
    }
}
