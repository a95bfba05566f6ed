package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.List;

/**
 * The metrics that attribute changed copies of the image, towards the same class. Costs {@code samples} times the
 * method, and what the perturbation costs; metrics with the same perturbation and as many samples share the copies.
 */
sealed interface OnCopies extends AttributionMetric permits Stability, RelativeStability {

    Perturbation perturbation();

    int samples();

    /** The program that finds the number, given what the method says about the copies; there may be none, see {@link Changes#copies}. */
    Program<List<Reading>> program(Explanation explanation, List<Copy> copies);

    default Changes changes() {
        return new Changes(perturbation(), samples());
    }

    static void check(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("samples is the number of changed copies, at least 1, not " + samples);
        }
    }

    @Override
    default void check(ModelCard model) {
        perturbation().check(model);
    }

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        return changes()
                .stimuli(explanation)
                .then(stimuli -> Changes.copies(explanation, stimuli))
                .then(copies -> program(explanation, copies));
    }
}
