package dev.tapetum.cli;

import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.fairness.PairedNumber;
import dev.tapetum.report.ChangeWording;
import dev.tapetum.report.Comparison;
import dev.tapetum.table.FlipRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a comparison told, on half a screen. */
final class CompareSummary {
    private static final int MOST_CHANGES = 8;
    private static final int MOST_FLIPS = 3;

    private CompareSummary() {}

    /**
     * @param out the runs' output, as the user wrote it
     * @param program how the user called the program
     */
    static String text(Comparison comparison, String report, String out, String program) {
        TextBlock block = new TextBlock()
                .line("Run " + comparison.candidate().runId() + " against its baseline "
                        + comparison.baseline().runId() + ": " + ChangeWording.headline(comparison))
                .entries("images", ChangeWording.ledger(comparison))
                .entries(
                        "gate",
                        comparison.verdicts().stream()
                                .map(GateVerdict::statement)
                                .toList())
                .entries("changes", changes(comparison))
                .entries("flips", flips(comparison));
        if (!comparison.remarks().isEmpty()) {
            block.entries("left out", comparison.remarks());
        }

        String columns = "metric, attribute, `group`, n, before, after, difference, q_value";
        String query = ChangeWording.select(comparison, columns, "changes")
                .by("q_value LIMIT 20")
                .text();
        return block.entry("plans", plans(comparison))
                .entry("report", report)
                .entry("look closer", Shell.quoted(program) + " sql " + Shell.quoted(out) + " " + Shell.quoted(query))
                .text();
    }

    private static List<String> changes(Comparison comparison) {
        List<PairedChange> established = comparison.established();
        List<String> lines = new ArrayList<>();
        established.stream()
                .limit(MOST_CHANGES)
                .forEach(one ->
                        lines.add((lines.size() + 1) + ". " + ChangeWording.sentence(one, comparison.settings())));
        if (established.size() > MOST_CHANGES) {
            lines.add("and " + (established.size() - MOST_CHANGES) + " more in the report");
        }

        return lines;
    }

    private static List<String> flips(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        PairedChange agreement = comparison.whole(PairedNumber.AGREEMENT);
        if (agreement != null && agreement.lost() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d images changed their predicted class",
                    agreement.lost(),
                    agreement.change().n()));
        }

        for (FlipRow flip : comparison
                .flips()
                .subList(0, Math.min(MOST_FLIPS, comparison.flips().size()))) {
            lines.add(String.format(
                    Locale.ROOT, "%,d %s → %s", flip.images(), flip.predictedBefore(), flip.predictedAfter()));
        }

        return lines;
    }

    private static String plans(Comparison comparison) {
        List<String> keys = comparison.differences().stream()
                .map(Comparison.PlanDifference::key)
                .toList();
        return keys.isEmpty() ? "the same in every setting" : "differ in " + String.join(", ", keys);
    }
}
