package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** One picture of a film strip: an image at one strength of a property. Equality is by component, of {@code png} by identity. */
@SuppressWarnings("ArrayRecordComponent")
@Comment(
        "One row per editor, shown case and shown step, of which there are up to eight at even distances: the edited image as a picture.")
public record EditedImageRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Editor with all its parameters, in canonical text.")
        String editor,

        @Comment("Property that is strengthened.") String property,

        @Comment("What the image stands for: strongest, typical or insignificant.")
        StripCase shown,

        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Class whose probability is followed.") String target,
        @Comment("Expected gradient of the target.") double expectedGradient,

        @Comment("Two-sided p-value of the expected gradient among shuffled orders of the steps.") @Nullable
        Double pValue,

        @Comment("Step, from 0; null for the image as it is.") @Nullable
        Integer step,

        @Comment("Strength of the property; null for the image as it is.") @Nullable
        Double strength,

        @Comment("Softmax probability of the target for this picture.")
        double probability,

        @Comment("Whether the edit did what it should.") boolean valid,

        @Comment("The picture as the model sees it, as a PNG file.")
        byte[] png) {
    public EditedImageRow {
        requireNonNull(runId, "runId");
        requireNonNull(editor, "editor");
        requireNonNull(property, "property");
        requireNonNull(shown, "shown");
        requireNonNull(imageId, "imageId");
        requireNonNull(target, "target");
        requireNonNull(png, "png");
    }
}
