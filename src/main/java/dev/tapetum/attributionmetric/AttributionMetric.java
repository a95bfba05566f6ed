package dev.tapetum.attributionmetric;

import dev.tapetum.UserError;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.List;

/**
 * A number that says how good, how plain or how stable the attribution of one image by one method is. The {@code permits}
 * clause is the registry: a plan names a metric by its record's name in kebab case, and its components are the metric's
 * parameters.
 */
@Discriminator("metric")
public sealed interface AttributionMetric extends Serializable
        permits MapMetric,
                PerturbationCurve,
                Road,
                SubsetEffects,
                OnCopies,
                RandomLogit,
                ModelParameterRandomisation,
                InputInvariance,
                MethodPairs {

    /** Refuses a model that cannot be asked what this metric asks, with a sentence that says what to do. */
    default void check(ModelCard model) throws UserError {}

    /** The program that finds the metric's own number, first, and one per detail where it has any. */
    Program<List<Reading>> program(Explanation explanation);
}
