package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a run has found: broken rules about values and changes, gaps, whatever else was established, maps that are no
 * evidence, and what was looked at and found harmless. A subgroup whose gap in accuracy is told is not told again. The severest come first, of equal ones the most urgent kind
 * ({@link #place}), and of one kind the order in which they were made.
 */
final class Findings {
    /** The run may have been compared with other baselines since it was judged. */
    private static final Select CHANGES = Select.from("changes").where("baseline = (SELECT baseline FROM runs)");

    private final RunStatistics run;
    private final List<GateVerdict> verdicts;
    private final StatisticsSettings settings;
    private final GateJudge judge;

    Findings(RunStatistics run, List<GateVerdict> verdicts, StatisticsSettings settings) {
        this.run = run;
        this.verdicts = verdicts;
        this.settings = settings;
        this.judge = new GateJudge(run, settings);
    }

    /** A finding and its place among those that are as severe. */
    private record Placed(Finding finding, int place) {}

    /**
     * All of them with their ranks.
     *
     * @param others what was established besides gaps and rules
     */
    List<Finding> all(List<Finding> others) {
        NoEvidence noEvidence = NoEvidence.of(run.trust());
        List<Gap> gaps =
                run.gaps().stream().filter(gap -> noEvidence.about(gap) == null).toList();
        List<Placed> placed = new ArrayList<>();
        verdicts.forEach(verdict -> {
            Finding broken = ofRule(verdict);
            if (broken != null) {
                placed.add(new Placed(broken, 0));
            }
        });
        GapFindings.told(gaps, brokenByGaps(), settings)
                .forEach(gap -> placed.add(new Placed(judged(gap), 1 + GapFindings.urgency(gap.metric()))));
        Set<String> told = placed.stream()
                .filter(one -> one.finding.metric().equals(Rate.accuracy().name()))
                .map(one -> one.finding.slice())
                .collect(Collectors.toSet());
        others.stream()
                .filter(finding -> finding.kind() != Finding.Kind.SLICE || !told.contains(finding.slice()))
                .forEach(finding -> placed.add(new Placed(finding, place(finding.kind()))));
        run.trust().forEach(method -> {
            GroupMetric against = method.verdict() == ExplanationTrust.Verdict.NOT_EVIDENCE
                    ? ExplanationTrust.against(method.method(), run.metrics(), run.limits(), settings)
                    : null;
            if (against != null) {
                placed.add(new Placed(explanation(method, against), place(Finding.Kind.EXPLANATION)));
            }
        });
        Harmless.all(gaps, run.gaps(), settings)
                .forEach(none -> placed.add(new Placed(none, place(Finding.Kind.NONE))));
        placed.sort(Comparator.comparing((Placed one) -> one.finding.severity()).thenComparingInt(Placed::place));
        List<Finding> ranked = new ArrayList<>();
        placed.forEach(one -> ranked.add(one.finding.ranked(ranked.size() + 1)));
        return List.copyOf(ranked);
    }

    /** Gaps lie between, {@link GapFindings#urgency}. */
    private static int place(Finding.Kind kind) {
        return switch (kind) {
            case VALUE, CHANGE -> 0;
            case GAP, SLICE -> 1;
            case PROPERTY -> 4;
            case FEATURE -> 5;
            case PROTOTYPE -> 6;
            case EXPLANATION -> 7;
            case NONE -> 8;
        };
    }

    private List<GateVerdict> brokenByGaps() {
        return verdicts.stream()
                .filter(verdict ->
                        verdict.status() == GateStatus.FAIL && verdict.rule().limit() == Gate.Limit.MAX_GAP)
                .toList();
    }

    private static Finding.Severity severity(Gate rule) {
        return rule.level() == Gate.Level.ERROR ? Finding.Severity.ERROR : Finding.Severity.WARNING;
    }

    /** What a rule about values or changes found by evidence; null when it holds, or failed for want of any. */
    private static @Nullable Finding ofRule(GateVerdict verdict) {
        Evidence decided = verdict.decided();
        Gate rule = verdict.rule();
        if (verdict.status() != GateStatus.FAIL || decided == null || rule.limit() == Gate.Limit.MAX_GAP) {
            return null;
        }

        boolean change = rule.limit() == Gate.Limit.MAX_CHANGE;
        String statement = verdict.statement();
        return Finding.of(
                        change ? Finding.Kind.CHANGE : Finding.Kind.VALUE,
                        // What stands after "Failed: ", and without its full stop, as all findings.
                        statement.substring(statement.indexOf(' ') + 1, statement.length() - 1),
                        decided,
                        (change ? CHANGES : Select.from("group_metrics"))
                                .is("metric", decided.metric())
                                .is("attribute", decided.group().attribute())
                                .by(change ? "q_value" : "value")
                                .text())
                .judged(severity(rule), rule.text(), false);
    }

    /** A gap as the rule sees it that is hardest on it: one that it breaks, before one that it passes. */
    private Finding judged(Gap gap) {
        Finding finding = GapFindings.finding(gap, settings);
        for (GateVerdict verdict : verdicts) {
            Gate rule = verdict.rule();
            if (rule.limit() == Gate.Limit.MAX_GAP && rule.covers(gap.metric(), gap.group())) {
                GateStatus status = judge.status(rule, gap);
                Finding.Severity severity = status == GateStatus.FAIL ? severity(rule) : Finding.Severity.NOTICE;
                if (finding.rule() == null || severity.compareTo(finding.severity()) < 0) {
                    finding = finding.judged(
                            severity, rule.text(), status == GateStatus.UNDECIDED ? null : status == GateStatus.PASS);
                }
            }
        }

        return finding;
    }

    private static Finding explanation(ExplanationTrust method, GroupMetric against) {
        return Finding.of(
                Finding.Kind.EXPLANATION,
                method.method() + " is not evidence: " + method.why(),
                Evidence.of(against),
                Select.from("group_metrics")
                        .is("metric", against.metric().name())
                        .by("attribute, `group`")
                        .text());
    }
}
