package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;

/**
 * The numbers behind a verdict or a finding: one statistic of one group.
 *
 * @param metric the metric's text name
 * @param group the group; {@link Group#WHOLE} for all images
 * @param n how many images stand behind it
 * @param value the value itself, or the difference where one is told; NaN when there is none
 * @param interval its interval
 * @param qValue the corrected p-value of "no difference"; NaN when nothing was tested
 */
public record Evidence(String metric, Group group, long n, double value, Interval interval, double qValue) {
    /** Of a difference between groups. */
    static Evidence of(Gap gap) {
        return new Evidence(gap.metric().name(), gap.group(), gap.n(), gap.difference(), gap.interval(), gap.qValue());
    }

    /** Of a value, of which nothing was tested. */
    static Evidence of(GroupMetric metric) {
        return new Evidence(
                metric.metric().name(), metric.group(), metric.n(), metric.value(), metric.interval(), Double.NaN);
    }

    /** Of a difference between runs. */
    static Evidence of(Change change) {
        return new Evidence(
                change.metric(), change.group(), change.n(), change.difference(), change.interval(), change.qValue());
    }
}
