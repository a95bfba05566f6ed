package dev.tapetum.report;

import dev.tapetum.fairness.Finding;
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
    private static final String ACCURACY = "accuracy";

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
                .map(Finding::statement)
                .map(Sentence::of)
                .toList();
        int shown = Math.min(SHOWN_AT_ONCE, statements.size());
        List<String> small = new ArrayList<>();
        List<String> harmless = new ArrayList<>();
        gaps.byAttribute().forEach((attribute, rows) -> {
            // Intersections are many, most of them small; that one attribute is harmless says little of crossing it
            // with another.
            if (attribute.contains(Partition.SEPARATOR)) {
                return;
            }

            small.addAll(smallGroups(attribute, rows));
            String sentence = harmless(attribute, rows);

            if (!sentence.isEmpty()) {
                harmless.add(sentence);
            }
        });

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

    private static Page.Tone tone(GateStatus status) {
        return switch (status) {
            case PASS -> Page.Tone.PASS;
            case FAIL -> Page.Tone.FAIL;
            case NONE -> Page.Tone.NONE;
        };
    }

    private String headline() {
        int rules = report.gate().size();

        return switch (report.run().status()) {
            case FAILED -> "The run failed";
            case RUNNING -> "The run has not ended";
            case COMPLETE, PARTIAL -> {
                if (rules == 0) {
                    yield "No gate: the plan sets no limits";
                }

                GateStatus overall = GateVerdict.overall(report.gate());
                long such = report.gate().stream()
                        .filter(verdict -> verdict.status() == overall)
                        .count();
                yield switch (overall) {
                    case PASS -> rules == 1 ? "The gate passed" : "The gate passed: all " + rules + " rules hold";
                    case FAIL -> "The gate failed: " + such + " of " + Numbers.of(rules, "rule") + " broken";
                    case NONE ->
                        "The gate has no verdict: too little data for " + such + " of " + Numbers.of(rules, "rule");
                };
            }
        };
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

    private static Page.Rule rule(GateVerdict verdict) {
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

    /** One sentence on an attribute none of whose outcomes has an established gap; empty for any other. */
    private String harmless(String attribute, List<GapRow> rows) {
        List<GapRow> tested = rows.stream().filter(Gaps::tested).toList();
        boolean outcomes = tested.stream().anyMatch(gap -> !isOfAnotherKind(gap));

        if (!outcomes || tested.stream().anyMatch(gap -> !isOfAnotherKind(gap) && gaps.established(gap))) {
            return "";
        }

        long others = tested.stream().filter(gaps::established).count();
        String start = others == 0
                ? attribute + ": no difference was established in " + Numbers.of(tested.size(), "comparison") + "."
                : attribute + ": no difference in outcomes was established, though "
                        + Numbers.of(others, "other comparison") + " of " + Numbers.count(tested.size())
                        + " show one (listed under Gaps).";

        return start + accuracy(tested);
    }

    private String accuracy(List<GapRow> tested) {
        List<GapRow> accuracy =
                tested.stream().filter(gap -> gap.metric().equals(ACCURACY)).toList();

        if (accuracy.isEmpty()) {
            return "";
        }

        MetricName metric = MetricName.of(ACCURACY);
        GapRow largest = accuracy.stream()
                .max((one, other) -> Double.compare(Gaps.size(one), Gaps.size(other)))
                .orElseThrow();
        double detectable = accuracy.stream()
                .mapToDouble(gap -> Numbers.orNaN(gap.minimumDetectable()))
                .max()
                .orElse(Double.NaN);
        String sentence = " The largest difference in accuracy is "
                + metric.difference(Numbers.orNaN(largest.difference())) + " at " + largest.group() + " ("
                + confidence(report) + " interval "
                + metric.differenceRange(Numbers.orNaN(largest.ciLow()), Numbers.orNaN(largest.ciHigh())) + ")";

        return Double.isFinite(detectable)
                ? sentence + "; one of " + metric.difference(detectable)
                        + " or more would have been found four times in five."
                : sentence + ".";
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
