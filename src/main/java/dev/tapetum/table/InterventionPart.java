package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What one editor's intervention on an image told. */
public record InterventionPart(
        @Comment("Editor with all its parameters, in canonical text.")
        String editor,

        @Comment("Name of the editor in a plan.") String editorName,
        @Comment("Property that is strengthened.") String property,

        @Comment("Images that the image stands for in the statistics: one over the probability that it was drawn.")
        double weight,

        @Comment("The steps, in the order of their strengths.")
        List<StepPart> steps,

        @Comment("What each target made of them.") List<PropertyGradientPart> gradients) {
    public InterventionPart {
        requireNonNull(editor, "editor");
        requireNonNull(editorName, "editorName");
        requireNonNull(property, "property");
        steps = List.copyOf(steps);
        gradients = List.copyOf(gradients);
    }
}
