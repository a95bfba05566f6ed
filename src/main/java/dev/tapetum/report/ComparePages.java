package dev.tapetum.report;

import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.fairness.PairedNumber;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Comparison} as a page and as a text, which depend on it alone. */
public final class ComparePages {
    private static final int MOST_STATEMENTS = 12;
    private static final int MOST_FURTHER = 100;
    private static final int MOST_KINDS = 40;
    private static final int MOST_ROWS = 12;
    private static final int MOST_MORE = 50;
    private static final int LONGEST_SETTING = 400;
    private static final String ACCURACY = "accuracy";
    private static final String DRIFT = "-drift.mean[";

    private ComparePages() {}

    /** {@code compare.html}: one file that needs no network. */
    public static String html(Comparison comparison) {
        return ReportPages.fill(
                "compare.ftlh",
                Map.of(
                        "notice", Assets.text("NOTICE"),
                        "page", page(comparison, new ContactSheet()),
                        "style", Assets.text("report.css"),
                        "vega", Assets.webjar("vega"),
                        "vegaLite", Assets.webjar("vega-lite"),
                        "charts", Assets.text("charts.json"),
                        "forest", Assets.text("forest.json"),
                        "curves", Assets.text("curves.json"),
                        "script", Assets.text("report.js")));
    }

    /** {@code compare.md}: the same in Markdown, with the changes over all images and those that are established. */
    public static String markdown(Comparison comparison) {
        return ReportPages.fill("compare.md.ftl", Map.of("page", page(comparison, null)));
    }

    private static ComparePage page(Comparison comparison, @Nullable ContactSheet sheet) {
        List<ComparePage.Statement> statements = comparison.established().stream()
                .map(one -> new ComparePage.Statement(
                        ChangeWording.sentence(one, comparison.settings()) + ".",
                        ChangeWording.query(comparison, one.change().metric())))
                .toList();
        int shown = Math.min(MOST_STATEMENTS, statements.size());
        int further = Math.min(shown + MOST_FURTHER, statements.size());
        return new ComparePage(
                comparison.baseline().runId(),
                comparison.candidate().runId(),
                comparison.candidate().version(),
                VerdictPart.tone(GateVerdict.overall(comparison.verdicts())),
                ChangeWording.headline(comparison),
                notes(comparison),
                comparison.verdicts().stream().map(VerdictPart::rule).toList(),
                statements.subList(0, shown),
                statements.subList(shown, further),
                statements.size() - (long) further,
                tests(comparison),
                ChangeWording.ledger(comparison).stream().map(Sentence::ended).toList(),
                facts(comparison),
                differences(comparison),
                parts(comparison),
                flips(comparison),
                DrawnPairPart.of(comparison, sheet),
                ChangeWording.confidence(comparison.settings()),
                Numbers.percent(comparison.settings().falseDiscoveryRate()).replace(".0%", "%"));
    }

    private static List<String> notes(Comparison comparison) {
        List<String> notes = new ArrayList<>();
        for (RunRow run : List.of(comparison.baseline(), comparison.candidate())) {
            if (run.status() == RunStatus.PARTIAL) {
                notes.add("Run " + run.runId() + " is partial: " + Numbers.count(run.imagesRejected()) + " of "
                        + Numbers.of(run.imagesInput(), "image") + " were rejected.");
            }
        }

        notes.addAll(comparison.remarks());
        return notes;
    }

    private static String tests(Comparison comparison) {
        long untested = comparison.changes().size() - comparison.tested();
        return Numbers.of(comparison.tested(), "test") + ", corrected for each attribute and kind of metric; "
                + Numbers.count(untested) + " further changes have no test, since fewer than "
                + comparison.settings().minGroup()
                + " independent images (min-group) are in the group, or since they only describe.";
    }

    private static List<ComparePage.Fact> facts(Comparison comparison) {
        RunRow before = comparison.baseline();
        RunRow after = comparison.candidate();
        return List.of(
                new ComparePage.Fact("Run", before.runId(), after.runId(), false),
                new ComparePage.Fact(
                        "Started", Numbers.time(before.startedAt()), Numbers.time(after.startedAt()), false),
                new ComparePage.Fact(
                        "Images", Numbers.count(before.imagesInput()), Numbers.count(after.imagesInput()), false),
                new ComparePage.Fact("Version", before.version(), after.version(), false),
                new ComparePage.Fact("Device", orNone(before.device()), orNone(after.device()), false),
                new ComparePage.Fact(
                        "SHA-256 of the model", orNone(before.modelSha256()), orNone(after.modelSha256()), true),
                new ComparePage.Fact(
                        "SHA-256 of the data set", orNone(before.datasetSha256()), orNone(after.datasetSha256()), true),
                new ComparePage.Fact("SHA-256 of the plan", before.planSha256(), after.planSha256(), true));
    }

    private static List<ComparePage.Difference> differences(Comparison comparison) {
        return comparison.differences().stream()
                .map(one -> new ComparePage.Difference(one.key(), setting(one.before()), setting(one.after())))
                .toList();
    }

    private static String setting(@Nullable String value) {
        return value == null
                ? Numbers.NONE
                : value.length() <= LONGEST_SETTING ? value : value.substring(0, LONGEST_SETTING) + "…";
    }

    private static String orNone(@Nullable String text) {
        return text == null ? Numbers.NONE : text;
    }

    private static List<ComparePage.Part> parts(Comparison comparison) {
        return List.of(
                part(
                        comparison,
                        "Outcomes",
                        "Shares are compared by McNemar's test (mid-p) on the images whose answer differs, with Newcombe's"
                                + " interval for pairs; means by the bootstrap of the change of each image. Lost and gained are the images"
                                + " that belong to a share in one of the runs only.",
                        "No image was scored in both runs.",
                        one -> one.family() == Family.OUTCOME),
                part(
                        comparison,
                        "Rates of classes",
                        "How often each class is predicted: over all images (selection rate), over those labelled so (true positive"
                                + " rate) and over those labelled otherwise (false positive rate), the label being the same in both runs.",
                        "The model has too many classes for a rate of each, or no image was scored in both runs.",
                        one -> one.family() == Family.CLASS_RATE),
                part(
                        comparison,
                        "Drift of explanations",
                        "How far the map of an image is from that of the baseline, by the same method: 0 is the same map. Only"
                                + " images for which both runs explain the same class are held against each other. Drift is told with its"
                                + " interval and not tested, since maps of different models always differ.",
                        "The runs have no attribution method in common.",
                        one -> one.change().metric().contains(DRIFT)),
                part(
                        comparison,
                        "Measures of explanations",
                        "What is measured of each map, and how that changed.",
                        "The runs have no measure of explanations in common.",
                        one -> one.family() == Family.EXPLANATION
                                && !one.change().metric().contains(DRIFT)),
                part(
                        comparison,
                        "Property gradients",
                        "How strongly classes answer to the same interventions on the same images.",
                        "The runs have no intervention in common.",
                        one -> one.family() == Family.INTERVENTION),
                part(
                        comparison,
                        "Features",
                        "In how many images each feature that both plans name is active, by the same autoencoder.",
                        "The runs have no feature in common.",
                        one -> one.family() == Family.FEATURE));
    }

    private static ComparePage.Part part(
            Comparison comparison, String title, String meaning, String empty, Predicate<PairedChange> belongs) {
        Map<String, List<PairedChange>> metrics = new LinkedHashMap<>();
        comparison.changes().stream()
                .filter(belongs)
                .forEach(one -> metrics.computeIfAbsent(one.change().metric(), absent -> new ArrayList<>())
                        .add(one));
        List<ComparePage.Kind> kinds = metrics.values().stream()
                .sorted(Comparator.comparing((List<PairedChange> metric) ->
                                !metric.get(0).change().metric().equals(ACCURACY))
                        .thenComparing(metric -> -established(metric, comparison)))
                .limit(MOST_KINDS)
                .map(metric -> kind(metric, comparison))
                .toList();
        return new ComparePage.Part(title, meaning, empty, kinds, metrics.size() - kinds.size());
    }

    private static int established(List<PairedChange> metric, Comparison comparison) {
        return (int) metric.stream()
                .filter(one -> one.change().established(comparison.settings().falseDiscoveryRate()))
                .count();
    }

    private static ComparePage.Kind kind(List<PairedChange> metric, Comparison comparison) {
        Change first = metric.get(0).change();
        ChangeName name = ChangeName.of(first.metric());
        List<PairedChange> telling = metric.stream()
                .sorted(Comparator.comparing(
                                (PairedChange one) -> !one.change().group().equals(Group.WHOLE))
                        .thenComparingDouble(one -> one.change().qValue())
                        .thenComparing(one -> -Math.abs(one.change().difference()))
                        .thenComparing(one -> one.change().group()))
                .toList();
        int shown = Math.min(MOST_ROWS, telling.size());
        int more = Math.min(shown + MOST_MORE, telling.size());
        Change whole = telling.get(0).change();
        return new ComparePage.Kind(
                name.title(),
                name.meaning(),
                name.value(whole.before()) + " → " + name.value(whole.after()) + ", "
                        + name.difference(whole.difference()),
                first.metric().equals(ACCURACY) || first.metric().equals(PairedNumber.AGREEMENT),
                established(metric, comparison),
                metric.stream().anyMatch(one -> !one.change().untested()),
                metric.get(0).lost() != null,
                name.percent(),
                rows(telling.subList(0, shown), name, comparison),
                rows(telling.subList(shown, more), name, comparison),
                telling.size() - more,
                ChangeWording.query(comparison, first.metric()));
    }

    /** In the order of groups, so that those of an attribute stand together. */
    private static List<ComparePage.Row> rows(List<PairedChange> changes, ChangeName name, Comparison comparison) {
        return changes.stream()
                .sorted(Comparator.comparing(
                                (PairedChange one) -> !one.change().group().equals(Group.WHOLE))
                        .thenComparing(one -> one.change().group()))
                .map(one -> row(one, name, comparison))
                .toList();
    }

    private static ComparePage.Row row(PairedChange one, ChangeName name, Comparison comparison) {
        Change change = one.change();
        boolean whole = change.group().equals(Group.WHOLE);
        return new ComparePage.Row(
                whole ? "" : change.group().attribute(),
                whole ? "All images" : change.group().value(),
                whole ? "whole" : state(change, name, comparison),
                Numbers.count(change.n()),
                name.value(change.before()),
                name.value(change.after()),
                name.number(change.difference()),
                name.range(change.interval().low(), change.interval().high()),
                Numbers.q(change.qValue()),
                name.number(change.minimumDetectable()),
                one.lost() == null ? "" : Numbers.count(one.lost()),
                one.gained() == null ? "" : Numbers.count(one.gained()),
                at(change.difference(), name),
                at(change.interval().low(), name),
                at(change.interval().high(), name));
    }

    private static String state(Change change, ChangeName name, Comparison comparison) {
        if (change.established(comparison.settings().falseDiscoveryRate())) {
            return name.better(change.difference()) ? "better" : "established";
        }

        return Double.isNaN(change.interval().low()) ? "small" : "open";
    }

    /** A number for the chart, in per cent where the metric is a share. */
    private static @Nullable String at(double value, ChangeName name) {
        return Double.isFinite(value) ? String.valueOf(name.percent() ? 100 * value : value) : null;
    }

    private static ComparePage.Flips flips(Comparison comparison) {
        PairedChange agreement = comparison.whole(PairedNumber.AGREEMENT);
        PairedChange accuracy = comparison.whole(ACCURACY);
        String summary = agreement == null || agreement.lost() == null
                ? "No image was scored in both runs."
                : Numbers.count(agreement.lost()) + " of "
                        + Numbers.of(agreement.change().n(), "image") + " changed their predicted class."
                        + (accuracy == null || accuracy.lost() == null || accuracy.gained() == null
                                ? ""
                                : " Of those with a label " + Numbers.count(accuracy.lost())
                                        + " went from right to wrong and " + Numbers.count(accuracy.gained())
                                        + " from wrong to right.");
        return new ComparePage.Flips(
                summary,
                comparison.flips().stream().map(ComparePages::flip).toList(),
                ChangeWording.select(comparison, "*", "flips")
                        .where("predicted_before <> predicted_after")
                        .by("images DESC")
                        .text());
    }

    private static ComparePage.Flip flip(FlipRow row) {
        return new ComparePage.Flip(
                row.predictedBefore(),
                row.predictedAfter(),
                Numbers.count(row.images()),
                row.correctBefore() == null || row.correctAfter() == null
                        ? "no label"
                        : word(row.correctBefore()) + " → " + word(row.correctAfter()));
    }

    private static String word(boolean correct) {
        return correct ? "right" : "wrong";
    }
}
