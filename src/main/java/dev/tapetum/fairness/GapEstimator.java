package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import org.jspecify.annotations.Nullable;

/** How a metric is estimated by which groups are compared: besides, the difference of two groups and its test. */
interface GapEstimator extends Estimator {
    /** How many units of equal weight would tell as much: what min-group asks for. */
    default double effectiveUnits(GroupState state) {
        return units(state);
    }

    /** The interval of the difference of a group and its reference. */
    Interval interval(GroupState group, GroupState reference, String name);

    /** The two-sided p-value of "no difference". */
    double pValue(GroupState group, GroupState reference);

    /** The standard deviation per image, with the effect of clusters. */
    double deviation(GroupState whole);

    /**
     * The estimate with its replicates, for statistics of several groups; null when there are none. Those of two groups are independent, or
     * drawn with the same weights.
     *
     * @param name decides the random numbers, where any are drawn
     */
    @Nullable
    BootstrapDistribution distribution(GroupState state, String name);

    static GapEstimator of(Metric metric, StatisticsSettings settings, boolean clustered) {
        if (metric instanceof Rate rate) {
            return clustered ? new ClusteredRateEstimator(rate, settings) : new RateEstimator(rate, settings);
        }

        return new ContinuousEstimator(metric, settings);
    }
}
