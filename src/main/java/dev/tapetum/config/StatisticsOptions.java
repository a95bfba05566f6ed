package dev.tapetum.config;

import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;

/**
 * How sure the run wants to be of its numbers; {@link StatisticsSettings} says what each key means and may be.
 *
 * @param confidence the level of every interval
 * @param bootstrap the number of bootstrap replicates
 * @param falseDiscoveryRate the level of established q-values
 * @param minGroup the fewest units on which a group is judged
 */
public record StatisticsOptions(double confidence, int bootstrap, double falseDiscoveryRate, int minGroup)
        implements Serializable {
    private static final long ANY_SEED = 0;

    public StatisticsOptions {
        new StatisticsSettings(confidence, bootstrap, falseDiscoveryRate, minGroup, ANY_SEED);
    }

    StatisticsSettings settings(long seed) {
        return new StatisticsSettings(confidence, bootstrap, falseDiscoveryRate, minGroup, seed);
    }
}
