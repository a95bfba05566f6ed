package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a run says it has established, and what it does not say because it comes from maps that are no evidence.
 *
 * @param findings the findings, the most important first, and last those that nothing was found
 * @param leftOut one entry per method whose maps are no evidence, in the order of the plan
 */
public record Established(List<Finding> findings, List<LeftOut> leftOut) {
    public Established {
        findings = List.copyOf(findings);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * A method whose maps are no evidence.
     *
     * @param trust why
     * @param findings how many differences would have been findings, had the maps been evidence
     */
    public record LeftOut(ExplanationTrust trust, long findings) {}

    /**
     * One sentence per reason why maps are no evidence:
     * {@code M is not evidence: its maps stay as they are …; 3 established differences of its maps are left out.}
     */
    public List<String> reasons() {
        Map<String, List<LeftOut>> byReason = new LinkedHashMap<>();
        leftOut.forEach(left -> byReason.computeIfAbsent(left.trust().why(), why -> new ArrayList<>())
                .add(left));
        return byReason.entrySet().stream()
                .map(reason -> sentence(reason.getKey(), reason.getValue()))
                .toList();
    }

    private static String sentence(String why, List<LeftOut> methods) {
        boolean one = methods.size() == 1;
        String names = methods.stream().map(left -> left.trust().method()).collect(Collectors.joining(", "));
        long findings = methods.stream().mapToLong(LeftOut::findings).sum();
        String left = (findings == 1 ? "1 established difference" : findings + " established differences") + " of "
                + (one ? "its" : "their") + " maps " + (findings == 1 ? "is" : "are") + " left out";
        return names + (one ? " is" : " are") + " not evidence: " + why + (findings == 0 ? "" : "; " + left) + ".";
    }

    /**
     * What the statistics of a run establish.
     *
     * @param verdicts of the rules of its gate
     * @param others what was established besides gaps: properties, features, slices
     */
    public static Established of(
            RunStatistics run, List<GateVerdict> verdicts, List<Finding> others, StatisticsSettings settings) {
        NoEvidence noEvidence = NoEvidence.of(run.trust());
        Map<String, Long> left = GapFindings.told(run.gaps(), List.of(), settings).stream()
                .map(noEvidence::about)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(ExplanationTrust::method, Collectors.counting()));
        return new Established(
                new Findings(run, verdicts, settings).all(others),
                run.trust().stream()
                        .filter(method -> !method.isEvidence())
                        .map(method -> new LeftOut(method, left.getOrDefault(method.method(), 0L)))
                        .toList());
    }

    /** The same with findings behind them. */
    public Established with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        more.forEach(finding -> all.add(finding.ranked(all.size() + 1)));
        return new Established(all, leftOut);
    }

    /** What was found, without what was looked at and found harmless. */
    public List<Finding> found() {
        return findings.stream().filter(Finding::found).toList();
    }
}
