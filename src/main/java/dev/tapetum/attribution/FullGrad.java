package dev.tapetum.attribution;

import dev.tapetum.model.Rule;
import dev.tapetum.probe.Answer;

/**
 * The gradients with respect to the input and to every bias, as one map: a network of ReLUs is exactly the sum of the
 * two.
 *
 * <p>{@code ψ(∇_x F ⊙ x) + Σ_l up(ψ(∂F/∂z_l ⊙ b_l))}, summed over channels, with {@code z_l} the output of layer l and
 * {@code b_l} its bias (of a BatchNorm {@code β − μγ/σ}), {@code ψ} the modulus scaled to [0, 1] per image and layer,
 * {@code up} bilinear interpolation. Srinivas and Fleuret 2019 (arXiv 1905.00780, equation 7). Never negative. Biases
 * of layers without a grid have no place in the map.
 *
 * <p>The completeness delta is that of the gradients themselves, before ψ: {@code ∇_x F · x + Σ_l ∂F/∂z_l · b_l −
 * F(x)}, over all layers, so the baseline score is zero. One gradient evaluation.
 */
public record FullGrad() implements RuleMethod {

    @Override
    public Rule rule() {
        return Rule.FULL_GRAD;
    }

    @Override
    public Attribution conclude(Subject subject, Answer answer, PixelValues values) {
        double score = answer.logits()[subject.target()];
        return new Attribution(score, 0, answer.total() - score, 1, values);
    }
}
