package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;

/**
 * One metric of one group: a row of {@code group_metrics}.
 *
 * @param metric what was measured
 * @param group the slice; {@link Group#WHOLE} for all images
 * @param n how many images the value rests on: the denominator of a rate, the finite numbers of a summary
 * @param clusters how many independent units those are: clusters where there are any (of those images; estimated beyond 1,024 for summaries, else beyond 4,096), else n
 * @param value the estimate; NaN when there is none (n = 0, or n = 1 for a spread), which tables store as null
 * @param interval its confidence interval; both ends NaN when there is none
 * @param confidence the level of the interval
 */
public record GroupMetric(
        Metric metric, Group group, long n, long clusters, double value, Interval interval, double confidence) {}
