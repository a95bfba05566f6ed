package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one rule of the gate found.
 *
 * <p>A gap <b>fails</b> when it is larger than allowed <em>and</em> established (q ≤ false discovery rate): size alone
 * may be chance, and significance alone may be a trifle. It <b>passes</b> when it is not larger than allowed and a gap
 * of the allowed size would have been seen: the interval lies within the limits, or the minimum detectable gap does. All
 * else is <b>none</b>: not enough data, in particular a group below {@code min-group}, or a gap in maps that are no
 * evidence ({@link ExplanationTrust}), whatever its size. A rule has the worst status of
 * its gaps, and a gate that of its rules; a small group thus cannot hide behind the others, nor fail anyone.
 *
 * @param rule the rule
 * @param status what it found
 * @param statement the finding in one sentence, with numbers
 * @param worst the gap that decided: the largest of those with the worst status, and of two that mirror each other the
 *     one to tell ({@link Mirrors}); null when there is nothing to compare
 */
public record GateVerdict(
        Gate rule,
        GateStatus status,
        String statement,
        @Nullable Gap worst) {
    /** The verdict of each rule, in the order of the rules. */
    public static List<GateVerdict> all(
            List<Gate> rules, List<Gap> gaps, List<ExplanationTrust> trust, StatisticsSettings settings) {
        NoEvidence noEvidence = NoEvidence.of(trust);
        return rules.stream().map(rule -> of(rule, gaps, noEvidence, settings)).toList();
    }

    /** The status of the whole gate: the worst of its rules, none without rules. */
    public static GateStatus overall(List<GateVerdict> verdicts) {
        return verdicts.stream()
                .map(GateVerdict::status)
                .reduce(GateStatus::worse)
                .orElse(GateStatus.NONE);
    }

    static GateVerdict of(Gate rule, List<Gap> gaps, NoEvidence noEvidence, StatisticsSettings settings) {
        Mirrors mirrors = Mirrors.of(gaps);
        Gap worst = gaps.stream()
                .filter(rule::covers)
                .max(Comparator.comparing((Gap gap) -> status(rule, gap, noEvidence, settings))
                        .thenComparing(gap -> !mirrors.has(gap))
                        .thenComparingDouble(gap -> size(gap)))
                .orElse(null);
        if (worst == null) {
            String statement = "No verdict on " + rule.metric() + " by " + rule.attribute()
                    + ": there are no two groups to compare.";
            return new GateVerdict(rule, GateStatus.NONE, statement, null);
        }

        ExplanationTrust distrusted = noEvidence.about(worst);
        if (distrusted != null) {
            String statement = "No verdict: " + distrusted.method() + " is not evidence: " + distrusted.why() + ".";
            return new GateVerdict(rule, GateStatus.NONE, statement, worst);
        }

        GateStatus status = status(rule, worst, noEvidence, settings);
        return new GateVerdict(rule, status, statement(rule, status, worst, settings), worst);
    }

    /** A gap that is not a number cannot be the largest. */
    private static double size(Gap gap) {
        return Double.isNaN(gap.difference()) ? -1 : Math.abs(gap.difference());
    }

    private static GateStatus status(Gate rule, Gap gap, NoEvidence noEvidence, StatisticsSettings settings) {
        if (noEvidence.about(gap) != null || gap.untested() || Double.isNaN(gap.difference())) {
            return GateStatus.NONE;
        }

        double limit = rule.maxGap();
        if (Math.abs(gap.difference()) > limit) {
            return gap.established(settings.falseDiscoveryRate()) ? GateStatus.FAIL : GateStatus.NONE;
        }

        boolean visible = gap.interval().within(-limit, limit) || gap.minimumDetectable() <= limit;
        return visible ? GateStatus.PASS : GateStatus.NONE;
    }

    private static String statement(Gate rule, GateStatus status, Gap gap, StatisticsSettings settings) {
        String limit = Wording.size(gap.metric(), rule.maxGap());
        String fact = Wording.sentence(gap, settings);
        return switch (status) {
            case FAIL -> "Failed: " + fact + "; at most " + limit + " is allowed.";
            case PASS ->
                "Passed: no group of " + rule.attribute() + " differs by more than " + limit + "; the largest gap: "
                        + fact + ".";
            case NONE -> "No verdict: " + fact + "; " + Wording.whyNot(gap, settings) + ".";
        };
    }
}
