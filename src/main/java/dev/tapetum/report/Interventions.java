package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.PropertyEffectRow;
import java.util.List;

/**
 * What a run knows of its interventions: how classes answer while one property of the images is strengthened step by step.
 * What became of errors under the common corruptions is among the metrics of the {@link Report}.
 *
 * @param images how many images were edited
 * @param followed what the gradients are of, {@code probability} or {@code logit}
 * @param reference the model against which errors under corruption are measured, as it may stand in a sentence; empty
 *     when nothing was measured against one
 * @param properties one per editor, the surest first
 * @param left how many further editors are only in the tables of the run
 * @param remarks what the plan and the reference make of the numbers
 */
public record Interventions(
        long images, String followed, String reference, List<Property> properties, long left, Remarks remarks) {
    /** Those of a run that edits nothing. */
    public static final Interventions NONE = new Interventions(0, "probability", "", List.of(), 0);

    public Interventions {
        requireNonNull(followed, "followed");
        requireNonNull(reference, "reference");
        requireNonNull(remarks, "remarks");
        properties = List.copyOf(properties);
    }

    /** Without remarks. */
    public Interventions(long images, String followed, String reference, List<Property> properties, long left) {
        this(images, followed, reference, properties, left, Remarks.NONE);
    }

    /** The same with these remarks. */
    public Interventions with(Remarks remarks) {
        return new Interventions(images, followed, reference, properties, left, remarks);
    }

    /**
     * Sentences without which numbers would be misread.
     *
     * @param classes which images the numbers of a class are of; empty when they are of all that were edited
     * @param relativeError why there is no relative mCE; empty when there is one, or nobody knows
     */
    public record Remarks(String classes, String relativeError) {
        /** Nothing to say. */
        public static final Remarks NONE = new Remarks("", "");

        public Remarks {
            requireNonNull(classes, "classes");
            requireNonNull(relativeError, "relativeError");
        }
    }

    /**
     * What one editor did.
     *
     * @param effect of the class that speaks for the editor, over all images
     * @param others of the classes that answer most after it, over all images
     * @param groups of the first class, in groups of images; none when the editor is told in a line
     * @param curves of the first class, over all images and in the groups; none when the editor is told in a line
     * @param strips pictures of single images, each with its steps in order; none when the editor is told in a line
     */
    public record Property(
            PropertyEffectRow effect,
            List<PropertyEffectRow> others,
            List<PropertyEffectRow> groups,
            List<DoseResponseRow> curves,
            List<EditedImageRow> strips) {
        public Property {
            requireNonNull(effect, "effect");
            others = List.copyOf(others);
            groups = List.copyOf(groups);
            curves = List.copyOf(curves);
            strips = List.copyOf(strips);
        }
    }
}
