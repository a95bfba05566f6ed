package dev.tapetum.attribution;

import dev.tapetum.model.Rule;

/**
 * The gradient through the units that matter most: a unit passes its backward signal on only if the product of the two,
 * activation and signal, is among the layer's largest.
 *
 * <p>{@code R_l = R_{l+1} · 1[a_l R_{l+1} > τ]} at every activation, with {@code τ} the {@code percentile}-th percentile of
 * {@code a_l R_{l+1}} over the layer of this image (interpolated linearly); the attribution is {@code x ⊙ R} in normalised
 * units. One gradient evaluation. Kim et al. 2019 (arXiv 1902.04893, section 3). A pixel for which no unit passes is exactly
 * zero.
 *
 * @param percentile from 0 up to, not including, 100
 */
public record RectGrad(double percentile) implements RuleMethod {

    public RectGrad {
        if (!(percentile >= 0 && percentile < 100)) {
            throw new IllegalArgumentException("percentile is from 0 up to, not including, 100, not " + percentile);
        }
    }

    @Override
    public Rule rule() {
        return Rule.RECT_GRAD;
    }

    @Override
    public double parameter() {
        return percentile;
    }

    @Override
    public GradientTerm term(Subject subject) {
        return GradientTerm.timesInput(subject);
    }
}
