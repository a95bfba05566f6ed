package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import java.util.List;

/**
 * The mean squared difference between the attribution of a random set of pixels and what the logit loses without it; 0 is
 * faithful.
 *
 * <p>{@code E_S[(c·Σ_{i∈S} a_i − (F(x) − F(x_S)))²]}. Yeh et al. 2019 (arXiv 1901.09392, definition 2.1) with the
 * perturbation of their section 4.2 that takes features away, over random sets of pixels instead of squares. An
 * attribution is read as what a pixel contributes, so a gradient needs its input first: input-x-gradient, not saliency.
 *
 * @param baseline what the pixels are replaced with
 * @param share pixels of a set, as a share of the image's
 * @param subsets number of sets
 * @param scaled whether the attribution may first be scaled by the best factor, {@code c = Σ a·Δ / Σ a²}, which leaves the
 *     methods' units out of it (the paper's appendix); c = 1 otherwise
 */
public record Infidelity(Baseline baseline, double share, int subsets, boolean scaled) implements SubsetEffects {

    public Infidelity {
        SubsetEffects.check(baseline, share, subsets);
    }

    @Override
    public List<Double> shares() {
        return List.of(share);
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
