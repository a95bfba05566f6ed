package dev.tapetum.config;

import dev.tapetum.fairness.Reference;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How sure the run wants to be of its numbers, and which groups it compares with which; {@link StatisticsSettings} says what the first
 * four keys mean and may be.
 *
 * @param confidence the level of every interval
 * @param bootstrap the number of bootstrap replicates
 * @param falseDiscoveryRate the level of established q-values
 * @param minGroup the fewest units on which a group is judged
 * @param intersections how many attributes are crossed at once; 1 for none
 * @param reference whom a group is compared with where {@code references} names no group
 * @param references by attribute, or by the names of crossed ones, the value of the group with which the others are compared
 */
public record StatisticsOptions(
        double confidence,
        int bootstrap,
        double falseDiscoveryRate,
        int minGroup,
        int intersections,
        Reference reference,
        Map<String, String> references)
        implements Serializable {
    private static final long ANY_SEED = 0;

    public StatisticsOptions {
        new StatisticsSettings(confidence, bootstrap, falseDiscoveryRate, minGroup, ANY_SEED);
        Require.that(intersections >= 1, "intersections must be at least 1, but is " + intersections);
        references = Collections.unmodifiableMap(new TreeMap<>(references));
    }

    StatisticsSettings settings(long seed) {
        return new StatisticsSettings(confidence, bootstrap, falseDiscoveryRate, minGroup, seed);
    }
}
