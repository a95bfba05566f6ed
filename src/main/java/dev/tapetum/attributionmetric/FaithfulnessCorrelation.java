package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import java.util.List;

/**
 * The Pearson correlation, over random sets of pixels, between the attribution of a set and what the logit loses without
 * it.
 *
 * <p>{@code corr_S(Σ_{i∈S} a_i, F(x) − F(x_S))}. Bhatt, Weller and Moura 2020 (arXiv 2005.00631, equation 3). Of a method
 * whose values are sensitivities, such as a gradient, {@code (x_i − b_i)·a_i} takes the place of {@code a_i}. NaN
 * where one side is constant.
 *
 * @param baseline what the pixels are replaced with
 * @param share pixels of a set, as a share of the image's; 224 of 224×224 are 0.0045
 * @param subsets number of sets
 */
public record FaithfulnessCorrelation(Baseline baseline, double share, int subsets) implements SubsetEffects {

    public FaithfulnessCorrelation {
        SubsetEffects.check(baseline, share, subsets);
    }

    @Override
    public List<Double> shares() {
        return List.of(share);
    }

    @Override
    public double value(List<Effects> effects) {
        return Correlation.PEARSON.of(
                effects.get(0).attributed(), effects.get(0).lost());
    }
}
