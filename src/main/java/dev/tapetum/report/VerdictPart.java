package dev.tapetum.report;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Partition;
import dev.tapetum.report.MetricName.Section;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the top of the page: what the gate says, what was established, what was found harmless, what nobody can tell. */
final class VerdictPart {
    private static final int SHOWN_AT_ONCE = 8;

    private final Report report;
    private final Gaps gaps;

    private VerdictPart(Report report, Gaps gaps) {
        this.report = report;
        this.gaps = gaps;
    }

    static Page.Verdict of(Report report, Gaps gaps) {
        return new VerdictPart(report, gaps).verdict();
    }

    private Page.Verdict verdict() {
        List<String> statements = report.findings().stream()
                .filter(Finding::found)
                .map(Finding::statement)
                .map(Sentence::of)
                .toList();
        int shown = Math.min(SHOWN_AT_ONCE, statements.size());
        List<String> small = new ArrayList<>();
        gaps.byAttribute().forEach((attribute, rows) -> {
            // Intersections are many, most of them small; that one attribute is harmless says little of crossing it
            // with another.
            if (!attribute.contains(Partition.SEPARATOR)) {
                small.addAll(smallGroups(attribute, rows));
            }
        });
        List<String> harmless = report.findings().stream()
                .filter(finding -> !finding.found())
                .map(Finding::statement)
                .map(Sentence::ended)
                .toList();

        return new Page.Verdict(
                tone(),
                headline(),
                notes(),
                report.gate().stream().map(VerdictPart::rule).toList(),
                statements.subList(0, shown),
                statements.subList(shown, statements.size()),
                harmless,
                small,
                untested());
    }

    private Page.Tone tone() {
        return switch (report.run().status()) {
            case FAILED -> Page.Tone.FAIL;
            case RUNNING -> Page.Tone.NONE;
            case COMPLETE, PARTIAL -> tone(GateVerdict.overall(report.gate()));
        };
    }

    static Page.Tone tone(GateStatus status) {
        return switch (status) {
            case PASS -> Page.Tone.PASS;
            case FAIL -> Page.Tone.FAIL;
            case UNDECIDED -> Page.Tone.NONE;
        };
    }

    private String headline() {
        return switch (report.run().status()) {
            case FAILED -> "The run failed";
            case RUNNING -> "The run has not ended";
            case COMPLETE, PARTIAL -> report.gate().isEmpty() ? "No gate: the plan sets no limits" : gate();
        };
    }

    /** Rules that only warn are counted beside the verdict, in which they have no say. */
    private String gate() {
        List<GateVerdict> binding = of(Gate.Level.ERROR);
        long warnings =
                of(Gate.Level.WARNING).stream().filter(GateVerdict::broken).count();
        String rules = Numbers.of(binding.size(), "rule");
        String verdict = binding.isEmpty()
                ? "The gate only warns"
                : switch (GateVerdict.overall(report.gate())) {
                    case PASS -> binding.size() == 1 ? "The gate passed" : "The gate passed: all " + rules + " hold";
                    case FAIL ->
                        "The gate failed: "
                                + binding.stream().filter(GateVerdict::broken).count() + " of " + rules + " broken";
                    case UNDECIDED ->
                        "The gate has no verdict: too little data for "
                                + binding.stream()
                                        .filter(rule -> rule.status() == GateStatus.UNDECIDED)
                                        .count()
                                + " of " + rules;
                };

        return warnings == 0 ? verdict : verdict + ", with " + Numbers.of(warnings, "warning");
    }

    private List<GateVerdict> of(Gate.Level level) {
        return report.gate().stream()
                .filter(verdict -> verdict.rule().level() == level)
                .toList();
    }

    private List<String> notes() {
        RunRow run = report.run();
        List<String> notes = new ArrayList<>();

        switch (run.status()) {
            case FAILED ->
                notes.add(
                        run.message() == null
                                ? "The run ended by an error."
                                : "The run ended by an error: " + run.message());
            case RUNNING -> notes.add("The run was started and has not ended, or was killed: nothing here is final.");
            case PARTIAL ->
                notes.add("The run is partial: more images were rejected than the plan allows, so that "
                        + "nothing below speaks for the whole data set.");
            case COMPLETE -> {}
        }

        if (run.imagesOk() == 0) {
            notes.add("No image was scored, so that there is nothing to judge.");
        }

        return notes;
    }

    static Page.Rule rule(GateVerdict verdict) {
        return new Page.Rule(tone(verdict.status()), verdict.rule().text(), Sentence.of(verdict));
    }

    /** The groups of an attribute that no outcome could be tested of. */
    private List<String> smallGroups(String attribute, List<GapRow> rows) {
        Map<String, Long> images = new LinkedHashMap<>();
        List<String> judged = new ArrayList<>();

        for (GapRow row : rows) {
            if (isOfAnotherKind(row)) {
                continue;
            }

            images.merge(row.group(), row.n(), Math::max);

            if (Gaps.tested(row)) {
                judged.add(row.group());
            }
        }

        judged.forEach(images::remove);

        return images.entrySet().stream()
                .map(group -> attribute + " = " + group.getKey() + " (" + Numbers.of(group.getValue(), "image") + ")")
                .toList();
    }

    private String untested() {
        long untested = gaps.rows().stream().filter(gap -> !Gaps.tested(gap)).count();

        return untested == 0
                ? ""
                : Numbers.count(untested) + " of " + Numbers.of(gaps.rows().size(), "comparison")
                        + " had no verdict, most often because fewer than "
                        + report.statistics().minGroup() + " independent images (min-group) stood on one side.";
    }

    /** Whether a gap is of no outcome of the images as they are. */
    private static boolean isOfAnotherKind(GapRow gap) {
        Section section = MetricName.of(gap.metric()).section();

        return section == Section.CLASSES
                || section == Section.FEATURES
                || section == Section.INTERVENTIONS
                || section == Section.EXPLANATIONS
                || section == Section.CORRUPTIONS;
    }

    static String confidence(Report report) {
        String percent = Numbers.percent(report.statistics().confidence());

        return percent.replace(".0%", "%");
    }
}
