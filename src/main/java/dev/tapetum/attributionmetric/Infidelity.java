package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.Objects;

/**
 * The mean squared difference between the attribution of a random set of pixels and what the logit loses without it; 0 is
 * faithful.
 *
 * <p>{@code E_S[(c·Iᵀa − (F(x) − F(x − I)))²]} with {@code I = x − b} on S and 0 elsewhere. Yeh et al. 2019 (arXiv
 * 1901.09392, definition 2.1) with the perturbation of their section 4.2 that takes features away, over random sets of pixels
 * instead of squares. Their a is a sensitivity, in logits per unit of input, like a gradient. Most methods multiply by the
 * input already: their values are contributions, in logits, of which {@code Iᵀa} is the plain sum over S.
 *
 * @param baseline what the pixels are replaced with
 * @param share pixels of a set, as a share of the image's
 * @param subsets number of sets
 * @param scaled whether the attribution may first be scaled by the best factor, {@code c = Σ a·Δ / Σ a²}, which leaves the
 *     methods' units out of it (the paper's appendix); c = 1 otherwise
 * @param unit what the method's values are
 */
public record Infidelity(Baseline baseline, double share, int subsets, boolean scaled, Unit unit)
        implements SubsetEffects {

    /** What the values of an attribution are. */
    public enum Unit {
        /** What the method says of itself, {@link Attributor#isSensitivity}. */
        AUTO,
        /** Logits: a set accounts for {@code Σ_{i∈S} a_i}. */
        CONTRIBUTION,
        /** Logits per unit of normalised input: a set accounts for {@code Σ_{i∈S} (x_i − b_i)·a_i}. */
        SENSITIVITY
    }

    public Infidelity {
        SubsetEffects.check(baseline, share, subsets);
        Objects.requireNonNull(unit, "unit");
    }

    @Override
    public List<Double> shares() {
        return List.of(share);
    }

    @Override
    public float[] attributed(Explanation explanation, Stimulus replacement) {
        return switch (unit) {
            case AUTO -> SubsetEffects.super.attributed(explanation, replacement);
            case CONTRIBUTION -> explanation.map();
            case SENSITIVITY -> explanation.timesDistance(replacement);
        };
    }

    @Override
    public double value(List<Effects> effects) {
        double[] attributed = effects.get(0).attributed();
        double[] lost = effects.get(0).lost();
        double factor = scaled ? bestFactor(attributed, lost) : 1;
        double sum = 0;
        for (int j = 0; j < lost.length; j++) {
            double error = factor * attributed[j] - lost[j];
            sum += error * error;
        }

        return sum / lost.length;
    }

    /** The least-squares factor; 0 for attributions of zero, which explain nothing at any scale. */
    private static double bestFactor(double[] attributed, double[] lost) {
        double product = 0;
        double square = 0;
        for (int j = 0; j < lost.length; j++) {
            product += attributed[j] * lost[j];
            square += attributed[j] * attributed[j];
        }

        return square > 0 ? product / square : 0;
    }
}
