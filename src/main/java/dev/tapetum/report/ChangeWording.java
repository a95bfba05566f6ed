package dev.tapetum.report;

import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.fairness.Select;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Changes in words, the same on the page and on the terminal. */
public final class ChangeWording {

    private ChangeWording() {}

    /**
     * {@code Accuracy at site = annex fell from 81.0% to 75.2%: −5.8 points (95% interval −8.1 to −3.5, q < 0.001; of 1,000 images 70
     * were lost and 12 gained)}.
     */
    public static String sentence(PairedChange one, StatisticsSettings settings) {
        Change change = one.change();
        ChangeName name = ChangeName.of(change.metric());
        String direction =
                change.difference() < 0 ? " fell from " : change.difference() > 0 ? " rose from " : " went from ";
        return name.title() + " " + where(change.group()) + direction + name.value(change.before()) + " to "
                + name.value(change.after()) + ": " + name.difference(change.difference()) + " ("
                + confidence(settings) + " interval "
                + name.range(change.interval().low(), change.interval().high()) + ", q "
                + equal(Numbers.q(change.qValue())) + "; " + images(one) + ")";
    }

    private static String equal(String q) {
        return q.startsWith("<") ? q : "= " + q;
    }

    private static String images(PairedChange one) {
        String n = Numbers.of(one.change().n(), "image");
        return one.lost() == null || one.gained() == null
                ? n
                : "of " + n + " " + Numbers.count(one.lost()) + " lost and " + Numbers.count(one.gained())
                        + " gained it";
    }

    private static String where(Group group) {
        return group.equals(Group.WHOLE) ? "over all images" : "at " + group.attribute() + " = " + group.value();
    }

    /** Which images were compared, in sentences. */
    public static List<String> ledger(Comparison comparison) {
        PairLedger ledger = comparison.ledger();
        List<String> sentences = new ArrayList<>();
        sentences.add(Numbers.of(ledger.both(), "image") + " in both runs = " + Numbers.count(ledger.scored())
                + " scored in both + " + Numbers.count(ledger.rejectedInBaseline())
                + " rejected in the baseline only + " + Numbers.count(ledger.rejectedInCandidate())
                + " in the candidate only + " + Numbers.count(ledger.rejectedInBoth()) + " in both");
        sentences.addAll(reservations(comparison));
        return sentences;
    }

    /** Those of the sentences that a reader of changes must know: which images are left out, and what else has changed than the run. */
    public static List<String> reservations(Comparison comparison) {
        PairLedger ledger = comparison.ledger();
        List<String> sentences = new ArrayList<>();
        if (ledger.onlyBaseline() > 0 || ledger.onlyCandidate() > 0) {
            sentences.add("left out: " + Numbers.of(ledger.onlyBaseline(), "image") + " of the baseline only, "
                    + Numbers.count(ledger.onlyCandidate()) + " of the candidate only");
        }

        if (ledger.otherContent() > 0) {
            sentences.add(Numbers.of(ledger.otherContent(), "image") + " of the same id "
                    + (ledger.otherContent() == 1 ? "has" : "have")
                    + " another content in the candidate: changes may be of the images and not of the model");
        }

        if (ledger.otherLabel() > 0) {
            sentences.add(Numbers.of(ledger.otherLabel(), "image") + " of the same id "
                    + (ledger.otherLabel() == 1 ? "has" : "have")
                    + " another label in the candidate: changes of accuracy and loss may be of the labels");
        }

        return sentences;
    }

    /** What was found, in a few words. */
    public static String headline(Comparison comparison) {
        long worse = comparison.established().stream()
                .filter(one ->
                        ChangeName.of(one.change().metric()).worse(one.change().difference()))
                .count();
        long better = comparison.established().stream()
                .filter(one ->
                        ChangeName.of(one.change().metric()).better(one.change().difference()))
                .count();
        long others = comparison.established().size() - worse - better;
        if (comparison.established().isEmpty()) {
            return "No change was established in " + Numbers.of(comparison.tested(), "test");
        }

        return Numbers.of(comparison.established().size(), "established change") + ": " + Numbers.count(worse)
                + " for the worse, " + Numbers.count(better) + " for the better, " + Numbers.count(others)
                + " of neither kind";
    }

    /** The SQL that shows the changes of a metric. */
    static String query(Comparison comparison, String metric) {
        return select(comparison, "*", "changes")
                .is("metric", metric)
                .by("q_value")
                .text();
    }

    /**
     * The rows that a comparison wrote.
     *
     * @param table {@code changes} or {@code flips}
     */
    public static Select select(Comparison comparison, String columns, String table) {
        return new Select(columns, "all_" + table, List.of(), "")
                .is("run_id", comparison.candidate().runId())
                .is("baseline", comparison.baseline().runId());
    }

    static String confidence(StatisticsSettings settings) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * settings.confidence());
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
    }
}
