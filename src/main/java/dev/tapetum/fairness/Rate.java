package dev.tapetum.fairness;

import java.util.ArrayList;
import java.util.List;

/**
 * A share of images: successes over trials, both sums and differences of {@link Tallies}.
 *
 * @param name the metric's name
 * @param family which tests it is corrected with
 * @param direction which way it is better
 * @param successes the tallies that add up to the successes
 * @param trials the tallies that add up to the trials
 */
public record Rate(String name, Family family, Direction direction, List<Term> successes, List<Term> trials)
        implements Metric {
    private static final String FEATURE_FREQUENCY = "feature-frequency";

    /**
     * One tally in a sum.
     *
     * @param tally the index of the tally
     * @param sign 1 to add it, −1 to subtract it
     */
    public record Term(int tally, int sign) {}

    public Rate {
        successes = List.copyOf(successes);
        trials = List.copyOf(trials);
    }

    /** The tallies that add up to the failures. */
    List<Term> failures() {
        List<Term> failures = new ArrayList<>(trials);
        successes.forEach(term -> failures.add(new Term(term.tally(), -term.sign())));
        return failures;
    }

    static Rate accuracy() {
        return new Rate(
                "accuracy", Family.OUTCOME, Direction.HIGHER_IS_BETTER, plus(Tallies.CORRECT), plus(Tallies.LABELLED));
    }

    static Rate rejects() {
        return new Rate(
                "reject-rate", Family.OUTCOME, Direction.LOWER_IS_BETTER, plus(Tallies.REJECTED), plus(Tallies.IMAGES));
    }

    static Rate selection(int index, String className) {
        return new Rate(
                "selection-rate[" + className + "]",
                Family.CLASS_RATE,
                Direction.NEITHER,
                plus(Tallies.predicted(index)),
                difference(Tallies.IMAGES, Tallies.REJECTED));
    }

    static Rate truePositives(int index, String className) {
        return new Rate(
                "true-positive-rate[" + className + "]",
                Family.CLASS_RATE,
                Direction.HIGHER_IS_BETTER,
                plus(Tallies.truePositive(index)),
                plus(Tallies.label(index)));
    }

    static Rate falsePositives(int index, String className) {
        return new Rate(
                "false-positive-rate[" + className + "]",
                Family.CLASS_RATE,
                Direction.LOWER_IS_BETTER,
                difference(Tallies.predictedAndLabelled(index), Tallies.truePositive(index)),
                difference(Tallies.LABELLED, Tallies.label(index)));
    }

    static Rate precision(int index, String className) {
        return new Rate(
                "precision[" + className + "]",
                Family.CLASS_RATE,
                Direction.HIGHER_IS_BETTER,
                plus(Tallies.truePositive(index)),
                plus(Tallies.predictedAndLabelled(index)));
    }

    static Rate featureFrequency(GroupLayout layout, int watched) {
        return new Rate(
                FEATURE_FREQUENCY + "[" + layout.features().get(watched) + "]",
                Family.FEATURE,
                Direction.NEITHER,
                plus(Tallies.feature(layout.classes().size(), watched)),
                difference(Tallies.IMAGES, Tallies.REJECTED));
    }

    private static List<Term> plus(int tally) {
        return List.of(new Term(tally, 1));
    }

    private static List<Term> difference(int tally, int less) {
        return List.of(new Term(tally, 1), new Term(less, -1));
    }
}
