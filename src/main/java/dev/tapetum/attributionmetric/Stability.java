package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import java.util.List;

/**
 * The metrics that attribute changed copies of the image, towards the same class, and compare the maps with the image's.
 * Costs {@code samples} times the method, and what the perturbation costs; metrics with the same perturbation and as many
 * samples share the copies.
 */
sealed interface Stability extends AttributionMetric
        permits MaxSensitivity, LocalLipschitz, TopK, LocalTopK, DiverseTopK, RankStability {

    Perturbation perturbation();

    int samples();

    /** What the comparison of the copies with the image says. */
    double value(Explanation explanation, List<Copy> copies);

    /** A changed copy of the image and what the method says about it. */
    record Copy(Stimulus stimulus, Attribution attribution) {}

    static void check(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("samples is the number of changed copies, at least 1, not " + samples);
        }
    }

    /** How the copies come about; metrics with equal ones share them. */
    default Changes changes() {
        return new Changes(perturbation(), samples());
    }

    /** The reading of a method's copies; without any there is nothing to say. */
    default List<Reading> read(Explanation explanation, List<Copy> copies) {
        return Reading.of(copies.isEmpty() ? Double.NaN : value(explanation, copies));
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
                .map(copies -> read(explanation, copies));
    }
}
