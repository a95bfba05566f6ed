package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Softmax;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics that replace the pixels of an image step by step, the most important ones first, and watch the target.
 * Costs {@code steps + 1} forward evaluations; the ends of the curves are shared.
 */
sealed interface PerturbationCurve extends AttributionMetric permits Deletion, Insertion, PixelFlipping {

    Baseline baseline();

    int steps();

    /** What is left when the first pixels of the ranking were treated: unless a curve says otherwise, replaced. */
    default Stimulus after(Stimulus image, Stimulus baseline, PixelRanking ranking, int count) {
        return replaced(image, baseline, ranking, count);
    }

    /** What the curve says, from no pixel treated to all. */
    double value(Curve curve);

    /** The target's logits and probabilities along the curve. */
    record Curve(double[] logits, double[] probabilities) {}

    static void check(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is at least 1, not " + steps);
        }
    }

    /** Pixels treated after each step, from none to all, as evenly as whole numbers can be. */
    static int[] counts(int pixels, int steps) {
        int[] counts = new int[Math.min(steps, pixels) + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (int) ((long) pixels * i / (counts.length - 1));
        }

        return counts;
    }

    /** The area under a curve of evenly spaced values, by trapezoids, over a unit length. */
    static double area(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }

        return (sum - values[0] / 2 - values[values.length - 1] / 2) / (values.length - 1);
    }

    @Override
    default Program<List<Reading>> program(Explanation explanation) {
        PixelRanking ranking = PixelRanking.descending(explanation.map());
        Stimulus image = explanation.subject().stimulus();
        Stimulus replaced = baseline().of(explanation.subject());
        List<Probe> probes = new ArrayList<>();
        for (int count : counts(explanation.input().pixels(), steps())) {
            probes.add(Probe.logits(after(image, replaced, ranking, count)));
        }

        return Program.asking(
                Round.of(probes.toArray(Probe[]::new)),
                answers -> Reading.of(value(curve(answers, explanation.subject().target()))));
    }

    private static Curve curve(Answers answers, int target) {
        int length = answers.answers().size();
        double[] logits = new double[length];
        double[] probabilities = new double[length];
        for (int i = 0; i < length; i++) {
            logits[i] = answers.get(i).logits()[target];
            probabilities[i] = Softmax.of(answers.get(i).logits()).probability(target);
        }

        return new Curve(logits, probabilities);
    }

    /** The image with the first pixels replaced; the ends are the image and the replacement themselves. */
    static Stimulus replaced(Stimulus image, Stimulus by, PixelRanking ranking, int count) {
        if (count == 0) {
            return image;
        }

        return count == ranking.size() ? by : new Stimulus.Masked(image, by, ranking.first(count));
    }
}
