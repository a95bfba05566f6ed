package dev.tapetum.stats;

import java.io.Serializable;

/**
 * How sure a run wants to be of its numbers: the {@code statistics} block of a plan.
 *
 * @param confidence the level of every interval, strictly between 0 and 1
 * @param bootstrap the number of bootstrap replicates K, 100 to 100,000; the time in which the driver makes them
 *     is proportional to it, and no bootstrap p-value is below 1/(1+K)
 * @param falseDiscoveryRate the level at which q-values count as established, strictly between 0 and 1
 * @param minGroup the fewest independent units (images, or clusters where there are any) on which a group is judged
 * @param seed the seed of the run; two runs with equal settings and images agree in every digit that is stored
 */
public record StatisticsSettings(double confidence, int bootstrap, double falseDiscoveryRate, int minGroup, long seed)
        implements Serializable {
    private static final int FEWEST_REPLICATES = 100;
    private static final int MOST_REPLICATES = 100_000;

    public StatisticsSettings {
        requireFraction("confidence", confidence);
        requireFraction("false-discovery-rate", falseDiscoveryRate);

        if (bootstrap < FEWEST_REPLICATES || bootstrap > MOST_REPLICATES) {
            throw new IllegalArgumentException("bootstrap must lie between " + FEWEST_REPLICATES + " and "
                    + MOST_REPLICATES + ", but is " + bootstrap);
        }

        if (minGroup < 2) {
            throw new IllegalArgumentException("min-group must be at least 2, but is " + minGroup);
        }
    }

    private static void requireFraction(String key, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(key + " must lie strictly between 0 and 1, but is " + value);
        }
    }

    /** The defaults of a plan: 95% intervals, 2,000 replicates, 5% false discoveries, groups of 30. */
    public static StatisticsSettings withSeed(long seed) {
        return new StatisticsSettings(0.95, 2000, 0.05, 30, seed);
    }
}
