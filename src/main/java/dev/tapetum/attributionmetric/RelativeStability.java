package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The metrics that put the relative change of the attribution in proportion to what else changed, over slightly changed
 * images that the model still predicts alike; the largest proportion, 0 is stable, NaN when no copy is predicted
 * alike or the attribution is zero. Costs {@code samples} times the method, shared with other metrics of the same
 * perturbation, and up to as many forward evaluations.
 *
 * <p>Agarwal et al. 2022 ("Rethinking stability for attribution-based explanations", arXiv 2203.06877, section 3.3),
 * with Euclidean norms. They divide value by value, which says nothing at zero: here a divisor below a thousandth of
 * the largest one counts as that.
 */
sealed interface RelativeStability extends OnCopies permits RelativeInputStability, RelativeOutputStability {

    /** The least that a change in the denominator counts as. */
    double LEAST_CHANGE = 1e-6;

    /** The least that a divisor counts as, relative to the largest one. */
    double LEAST_DIVISOR = 1e-3;

    /** How much a copy differs from the image, in the sense of the metric. */
    double change(Explanation explanation, Seen image, Seen copy);

    /** An input and what the model answers about it. */
    record Seen(Stimulus stimulus, Answer answer) {}

    static void check(Perturbation perturbation, int samples) {
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
    }

    /** {@code ‖(a' − a) / a‖}, value by value; NaN for zeros. */
    static double relativeChange(float[] before, float[] after) {
        double largest = 0;
        for (float value : before) {
            largest = Math.max(largest, Math.abs(value));
        }

        double sum = 0;
        for (int i = 0; i < before.length; i++) {
            double divisor = Math.max(Math.abs(before[i]), LEAST_DIVISOR * largest);
            double relative = (after[i] - before[i]) / divisor;
            sum += relative * relative;
        }

        return largest > 0 ? Math.sqrt(sum) : Double.NaN;
    }

    @Override
    default Program<List<Reading>> program(Explanation explanation, List<Copy> copies) {
        List<Stimulus> stimuli = new ArrayList<>();
        copies.forEach(copy -> stimuli.add(copy.stimulus()));
        stimuli.add(explanation.subject().stimulus());
        // After the attributions: where the method asked about a copy itself, its logits are known.
        Probe[] probes = stimuli.stream().map(Probe::logits).toArray(Probe[]::new);
        return Program.asking(Round.of(probes), answers -> {
            List<Seen> seen = new ArrayList<>();
            for (int j = 0; j < probes.length; j++) {
                seen.add(new Seen(stimuli.get(j), answers.get(j)));
            }

            return Reading.of(value(explanation, seen, copies));
        });
    }

    /** The largest proportion; {@code seen} has the copies and then the image. */
    private double value(Explanation explanation, List<Seen> seen, List<Copy> copies) {
        Seen image = seen.get(copies.size());
        float[] own = explanation.attribution().values().values();
        double largest = Double.NaN;
        for (int j = 0; j < copies.size(); j++) {
            Seen copy = seen.get(j);
            if (copy.answer().predicted() == image.answer().predicted()) {
                double answered =
                        relativeChange(own, copies.get(j).attribution().values().values());
                double proportion = answered / Math.max(change(explanation, image, copy), LEAST_CHANGE);
                largest = Double.isNaN(largest) ? proportion : Math.max(largest, proportion);
            }
        }

        return largest;
    }
}
