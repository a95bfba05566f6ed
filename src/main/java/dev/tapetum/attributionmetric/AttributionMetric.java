package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Program;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;

/**
 * A number that says how good, how plain or how stable the attribution of one image by one method is. The {@code permits}
 * clause is the registry: a plan names a metric by its record's name in kebab case, and its components are the metric's
 * parameters.
 */
@Discriminator("metric")
public sealed interface AttributionMetric extends Serializable
        permits MapMetric, PerturbationCurve, SubsetEffects, Stability, RandomLogit {

    /** The program that finds the number; NaN where there is nothing to say, such as without a mask. */
    Program<Double> program(Explanation explanation);
}
