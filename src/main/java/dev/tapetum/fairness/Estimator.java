package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/** How a metric is estimated from the state of a group: its n, value and interval. */
interface Estimator {
    /** How many images the value rests on. */
    long n(GroupState state);

    /** From how many independent units those images come, not all images of the group. */
    long units(GroupState state);

    /** The estimate, NaN when there is none. */
    double value(GroupState state);

    /** The interval of the estimate; the name decides the random numbers. */
    Interval interval(GroupState state, String name);

    static Estimator of(Metric metric, StatisticsSettings settings, boolean clustered) {
        return metric instanceof CountStatistic statistic
                ? new CountEstimator(statistic, settings, clustered)
                : GapEstimator.of(metric, settings, clustered);
    }
}
