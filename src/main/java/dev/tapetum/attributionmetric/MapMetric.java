package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;
import java.util.List;

/** The metrics that ask the model nothing: what the map itself says, alone or against a mask. */
sealed interface MapMetric extends AttributionMetric permits Localisation, EffectiveComplexity, Completeness {

    double value(Explanation explanation);

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        return Program.done(Reading.of(value(explanation)));
    }
}
