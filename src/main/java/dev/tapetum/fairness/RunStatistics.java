package dev.tapetum.fairness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verdicts and findings rest on.
 *
 * @param metrics every metric of the whole and of every group
 * @param gaps every metric of every group against its reference
 * @param trust which explanations may be believed
 * @param limits when they may not
 * @param changes how the run differs from its baseline; null without one
 */
public record RunStatistics(
        List<GroupMetric> metrics,
        List<Gap> gaps,
        List<ExplanationTrust> trust,
        TrustLimits limits,
        @Nullable List<Change> changes) {
    public RunStatistics {
        metrics = List.copyOf(metrics);
        gaps = List.copyOf(gaps);
        trust = List.copyOf(trust);
        changes = changes == null ? null : List.copyOf(changes);
    }
}
