package dev.tapetum.attribution;

import dev.tapetum.model.Rule;

/**
 * The logit, handed back from layer to layer as relevance in proportion to what each unit contributed.
 *
 * <p>{@code R_i = Σ_j a_i w_ij / (z_j + ε sign z_j) · R_j}; an activation passes its relevance on as it is. That equals
 * input times a modified gradient in which {@code f(z) / (z + ε sign z)} stands for every activation's derivative, which is
 * how the bundle computes it; affine layers between two activations count as one. Bach et al. 2015 (PLoS ONE 10(7), equation
 * 58); Ancona et al. 2018 (arXiv 1711.06104, proposition 1). In a transformer attention weights and the scale of layer norms
 * are taken as constants (Ali et al. 2022, arXiv 2202.07304).
 *
 * <p>One gradient evaluation. What the biases and ε absorb is missing from the total, so no completeness is promised.
 *
 * @param epsilon stabiliser, in the units of the activations
 */
public record LrpEpsilon(double epsilon) implements RuleMethod {

    public LrpEpsilon {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon is above zero, not " + epsilon);
        }
    }

    @Override
    public Rule rule() {
        return Rule.LRP_EPSILON;
    }

    @Override
    public double parameter() {
        return epsilon;
    }

    @Override
    public GradientTerm term(Subject subject) {
        return GradientTerm.timesInput(subject);
    }
}
