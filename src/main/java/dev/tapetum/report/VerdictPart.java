package dev.tapetum.report;

import dev.tapetum.fairness.Evidence;
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
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes the top of the page: what the gate says, what was established, what was found harmless, what nobody can tell. */
final class VerdictPart {
    private static final int SHOWN_AT_ONCE = 8;

    /** Whoever reads more asks the table. */
    private static final int MOST = 200;

    private static final Pattern Q = Pattern.compile("\\bq [<=] ");

    private final Report report;
    private final Gaps gaps;
    private final Function<String, Page.Link> links;

    private VerdictPart(Report report, Gaps gaps, Function<String, Page.Link> links) {
        this.report = report;
        this.gaps = gaps;
        this.links = links;
    }

    /** @param links of images by their ids */
    static Page.Verdict of(Report report, Gaps gaps, Function<String, Page.Link> links) {
        return new VerdictPart(report, gaps, links).verdict();
    }

    private Page.Verdict verdict() {
        List<Page.Found> found = report.findings().stream()
                .filter(Finding::found)
                .map(this::found)
                .toList();
        int shown = Math.min(SHOWN_AT_ONCE, found.size());
        List<String> small = new ArrayList<>();
        gaps.byAttribute().forEach((attribute, rows) -> {
            // Intersections are many, most of them small; that one attribute is harmless says little of crossing it
            // with another.
            if (!attribute.contains(Partition.SEPARATOR)) {
                small.addAll(smallGroups(attribute, rows));
            }
        });
        List<Page.Found> harmless = report.findings().stream()
                .filter(finding -> !finding.found())
                .map(this::found)
                .toList();

        return new Page.Verdict(
                tone(),
                headline(),
                notes(),
                report.gate().stream().map(VerdictPart::rule).toList(),
                undecided(),
                found.subList(0, shown),
                found.subList(shown, Math.min(found.size(), MOST)),
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
        Gate rule = verdict.rule();
        String broken = rule.level() == Gate.Level.ERROR ? "level error" : "level warning, which fails nothing";

        return new Page.Rule(
                tone(verdict.status()),
                verdict.status().text(),
                broken + (rule.undecided() == Gate.Undecided.FAIL ? "; undecided counts as broken" : ""),
                rule.text(),
                Sentence.of(verdict));
    }

    private String undecided() {
        return report.gate().stream().allMatch(verdict -> verdict.status() != GateStatus.UNDECIDED)
                ? ""
                : "Undecided: too little data to say, because the interval lies across the limit, or beyond it without being"
                        + " established, a group has fewer than "
                        + report.statistics().minGroup()
                        + " independent images, or the maps are no evidence. It is neither a pass nor a failure, unless the"
                        + " rule says otherwise.";
    }

    private Page.Found found(Finding finding) {
        String rule = finding.rule();
        Boolean passed = finding.passed();
        Page.Tone tone = switch (finding.severity()) {
            case ERROR -> Page.Tone.FAIL;
            case WARNING -> Page.Tone.WARN;
            case NOTICE -> Page.Tone.NONE;
        };

        return new Page.Found(
                finding.rank(),
                finding.found() ? finding.severity().text() : "none found",
                tone,
                finding.kind() == Finding.Kind.NONE
                        ? Sentence.ended(finding.statement())
                        : Sentence.of(finding.statement()),
                numbers(finding),
                rule == null ? "" : (passed == null ? "undecided by " : passed ? "allowed by " : "breaks ") + rule,
                finding.imageIds().stream().map(links).toList(),
                finding.query());
    }

    /** How many images; the interval and q where the statement does not have them, with a dash for what there is none of. */
    private String numbers(Finding finding) {
        Evidence evidence = finding.evidence();
        MetricName metric = MetricName.of(evidence.metric());
        String interval = metric.differenceRange(
                evidence.interval().low(), evidence.interval().high());
        String q = Numbers.q(evidence.qValue());

        return "n = " + Numbers.count(evidence.n())
                + (finding.statement().contains(" interval ")
                        ? ""
                        : " \u00b7 " + confidence(report) + " interval " + interval)
                + (Q.matcher(finding.statement()).find()
                        ? ""
                        : " \u00b7 q " + (q.startsWith("<") || q.equals(Numbers.NONE) ? q : "= " + q));
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
