package dev.tapetum.config;

import dev.tapetum.intervention.Followed;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the model's answers to interventions.
 *
 * @param targets the classes that are followed, all different
 * @param of what of a class is followed
 * @param shuffles K of the shuffling test
 * @param minEffect the smallest mean expected gradient that is of any importance, at least 0
 * @param sample on how many images interventions run; null for all
 * @param corruptionReference whose errors the corruption errors are divided by: {@value #ALEXNET}, or the id of an earlier run
 */
public record PropertyGradientSettings(
        List<Target> targets,
        Followed of,
        int shuffles,
        double minEffect,
        @Nullable GroupSample sample,
        String corruptionReference)
        implements Serializable {
    /** The reference that comes with the program. */
    public static final String ALEXNET = "alexnet";

    private static final int FEWEST_SHUFFLES = 19;
    private static final int MOST_SHUFFLES = 100_000;

    public PropertyGradientSettings {
        targets = List.copyOf(targets);
        Require.that(!targets.isEmpty(), "targets must name at least one class to follow, such as predicted");
        Require.noDuplicates("targets", targets);
        Require.that(
                shuffles >= FEWEST_SHUFFLES && shuffles <= MOST_SHUFFLES,
                "shuffles is from " + FEWEST_SHUFFLES + " (p can then be 0.05) to " + MOST_SHUFFLES + ", not "
                        + shuffles);
        Require.that(minEffect >= 0 && Double.isFinite(minEffect), "min-effect is a number from 0, not " + minEffect);
        Require.text("corruption-reference", corruptionReference);
    }
}
