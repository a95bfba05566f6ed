package dev.tapetum.attribution;

import dev.tapetum.model.Rule;

/**
 * The gradient without everything that speaks against an activation: the backward signal passes where the activation was
 * active and only as far as it is positive.
 *
 * <p>{@code R_l = 1[a_l > 0] · max(0, R_{l+1})} at every ReLU; at an activation f that is smooth, {@code f'(z_l) ·
 * max(0, R_{l+1})}. {@code R} at the input is the attribution. One gradient evaluation. Springenberg et al. 2015
 * (arXiv 1412.6806, section 3.4). The sharp maps come close to an edge detector's: see the metric
 * model-parameter-randomisation before they are read as evidence.
 */
public record GuidedBackprop() implements RuleMethod {

    @Override
    public Rule rule() {
        return Rule.GUIDED_BACKPROP;
    }

    @Override
    public boolean isSensitivity() {
        return true;
    }
}
