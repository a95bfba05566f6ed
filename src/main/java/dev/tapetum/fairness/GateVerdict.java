package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one rule of the gate found.
 *
 * <p>What the rule speaks of <b>passes</b> when its whole interval keeps the limit, and <b>fails</b> when the whole interval lies
 * beyond it; a difference, between groups or from the baseline run, must also be established (q ≤ false discovery rate): many
 * are looked at, and of many intervals some lie beyond a limit by chance. All else is <b>undecided</b>: an interval across the
 * limit, a group below {@code min-group}, or maps that are no evidence ({@link ExplanationTrust}), whatever the size. An
 * interval that ends at the limit keeps it. A rule has the worst status of all that it speaks of; a small group thus cannot
 * hide behind the others, nor fail anyone. What does not exist in the run fails: a rule that can never fail protects nobody.
 *
 * <p>Values of several groups are each judged by their own interval at the run's confidence, so that of twenty groups that sit at
 * the limit one may seem to lie beyond it.
 *
 * @param rule the rule
 * @param status what it found
 * @param statement the same in one sentence, with numbers
 * @param decided what decided: of what has the worst status the farthest from the limit, and of two gaps that mirror each other
 *     the one to tell ({@link Mirrors}); null when there is nothing to judge
 */
public record GateVerdict(
        Gate rule,
        GateStatus status,
        String statement,
        @Nullable Evidence decided) {
    /** The verdict of each rule, in the order of the rules. */
    public static List<GateVerdict> all(List<Gate> rules, RunStatistics run, StatisticsSettings settings) {
        GateJudge judge = new GateJudge(run, settings);
        return rules.stream().map(judge::verdict).toList();
    }

    /**
     * The status of the whole gate: failed when a rule of level {@code error} is broken, else undecided when one of them is, or
     * when there is none.
     */
    public static GateStatus overall(List<GateVerdict> verdicts) {
        List<GateVerdict> binding = verdicts.stream()
                .filter(verdict -> verdict.rule.level() == Gate.Level.ERROR)
                .toList();
        if (binding.stream().anyMatch(GateVerdict::broken)) {
            return GateStatus.FAIL;
        }

        boolean pass = !binding.isEmpty() && binding.stream().allMatch(verdict -> verdict.status == GateStatus.PASS);
        return pass ? GateStatus.PASS : GateStatus.UNDECIDED;
    }

    /** Whether the rule failed, or is undecided where the plan says that this is as bad. */
    public boolean broken() {
        return status == GateStatus.FAIL || (status == GateStatus.UNDECIDED && rule.undecided() == Gate.Undecided.FAIL);
    }
}
