package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.probe.Program;
import java.util.List;

/** The metrics that compare the maps of changed copies with the image's, and ask nothing else. */
sealed interface Stability extends OnCopies
        permits MaxSensitivity, LocalLipschitz, TopK, LocalTopK, DiverseTopK, RankStability {

    /** What the comparison of the copies, at least one, with the image says. */
    double value(Explanation explanation, List<Copy> copies);

    @Override
    default Program<List<Reading>> program(Explanation explanation, List<Copy> copies) {
        return Program.done(Reading.of(copies.isEmpty() ? Double.NaN : value(explanation, copies)));
    }
}
