package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/** How a metric is estimated from states: its n, value, interval, and the difference of two of them. */
interface Estimator {
    /** How many images the value rests on. */
    long n(GroupState state);

    /** From how many independent units those images come. */
    long units(GroupState state);

    /** How many units of equal weight would tell as much: what min-group asks for. */
    default double effectiveUnits(GroupState state) {
        return units(state);
    }

    /** The estimate, NaN when there is none. */
    double value(GroupState state);

    /** The interval of the estimate; the name decides the random numbers. */
    Interval interval(GroupState state, String name);

    /** The interval of the difference of a group and the others. */
    Interval interval(GroupState group, GroupState others, String name);

    /** The two-sided p-value of "no difference". */
    double pValue(GroupState group, GroupState others);

    /** The standard deviation per image, with the effect of clusters. */
    double deviation(GroupState whole);

    static Estimator of(Metric metric, StatisticsSettings settings, boolean clustered) {
        if (metric instanceof Rate rate) {
            return clustered ? new ClusteredRateEstimator(rate, settings) : new RateEstimator(rate, settings);
        }

        return new ContinuousEstimator(metric, settings);
    }
}
