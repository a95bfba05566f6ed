package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A point of a curve: what a class's mean probability is at one strength of a property, in a group of images. */
@Comment("One row per editor, target, group and strength: the mean probability of the target at it.")
public record DoseResponseRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Editor with all its parameters, in canonical text.")
        String editor,

        @Comment("Property that is strengthened.") String property,

        @Comment(
                "Class whose probability is followed, over the images on which it is (with targets = [predicted] those predicted"
                        + " as it, with [label] those labelled as it); * for each image's own target.")
        String target,

        @Comment("Attribute that makes the group; * for all images.")
        String attribute,

        @Comment("Value of the attribute; * for all images.")
        String group,

        @Comment("Rank of the strength, from 0, among all that the editor used on any image.")
        int step,

        @Comment("Strength of the property, in the editor's own unit.")
        double strength,

        @Comment("Images behind the point: those whose edit at this strength did what it should.")
        long n,

        @Comment("Mean probability, each image with its weight.")
        double value,

        @Comment("Lower end of its interval; null where the images or clusters tell no more than one would.") @Nullable
        Double ciLow,

        @Comment("Upper end of its interval; null where the images or clusters tell no more than one would.") @Nullable
        Double ciHigh,

        @Comment("Level of the interval.") double confidence) {
    public DoseResponseRow {
        requireNonNull(runId, "runId");
        requireNonNull(editor, "editor");
        requireNonNull(property, "property");
        requireNonNull(target, "target");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
    }
}
