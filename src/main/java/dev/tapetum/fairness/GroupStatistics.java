package dev.tapetum.fairness;

import java.util.List;

/**
 * What a run says about its groups.
 *
 * @param metrics every metric of the whole and of every group, in the order of groups and then of {@link Metric#all}
 * @param gaps every metric of every group against the others; none for an attribute with a single group
 */
public record GroupStatistics(List<GroupMetric> metrics, List<Gap> gaps) {
    public GroupStatistics {
        metrics = List.copyOf(metrics);
        gaps = List.copyOf(gaps);
    }
}
