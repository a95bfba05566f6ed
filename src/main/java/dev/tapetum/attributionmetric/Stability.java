package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics that attribute changed copies of the image, towards the same class, and compare the maps with the image's.
 * Costs {@code samples} times the method; metrics with the same perturbation share the copies' probes.
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

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        List<Stimulus> changed = new ArrayList<>();
        List<Program<Attribution>> programs = new ArrayList<>();
        for (int j = 0; j < samples(); j++) {
            Stimulus copy = perturbation()
                    .of(explanation.subject().stimulus(), explanation.subject().seed(), j);
            changed.add(copy);
            programs.add(explanation.method().program(explanation.changedTo(copy)));
        }

        return Program.all(programs).map(attributions -> {
            List<Copy> copies = new ArrayList<>();
            for (int j = 0; j < attributions.size(); j++) {
                copies.add(new Copy(changed.get(j), attributions.get(j)));
            }

            return Reading.of(value(explanation, copies));
        });
    }
}
