package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import java.util.List;

/**
 * The Pearson correlation between the attribution of a random set of n pixels and what the logit loses without it, averaged
 * over several n; 1 for every n on a linear model.
 *
 * <p>Ancona et al. 2018 (arXiv 1711.06104, section 4), who speak of contributions; a sensitivity, such as a gradient, is
 * multiplied by {@code x − b} to be one. An n at which one side is constant is left out; NaN where none is
 * left.
 *
 * @param baseline what the pixels are replaced with
 * @param shares pixels of a set, as shares of the image's
 * @param subsets number of sets of each size
 */
public record SensitivityN(Baseline baseline, List<Double> shares, int subsets) implements SubsetEffects {

    public SensitivityN {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("shares needs at least one size of a set");
        }

        shares.forEach(share -> SubsetEffects.check(baseline, share, subsets));
    }

    @Override
    public double value(List<Effects> effects) {
        return effects.stream()
                .mapToDouble(one -> Correlation.PEARSON.of(one.attributed(), one.lost()))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
