package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;

/** The metrics that ask the model nothing: what the map itself says, alone, against a mask or beside other methods. */
sealed interface MapMetric extends AttributionMetric permits Localisation, EffectiveComplexity, Agreement {

    double value(Explanation explanation);

    @Override
    default Program<Double> program(Explanation explanation) {
        return Program.done(value(explanation));
    }
}
