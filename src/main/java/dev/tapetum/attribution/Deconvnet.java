package dev.tapetum.attribution;

import dev.tapetum.model.Rule;

/**
 * The gradient as a deconvolutional network carries it back: the backward signal of every activation is cut off below
 * zero, whether or not the activation was active.
 *
 * <p>{@code R_l = max(0, R_{l+1})} at every activation, the ordinary gradient elsewhere; {@code R} at the input is the
 * attribution. One gradient evaluation. Zeiler and Fergus 2014 (arXiv 1311.2901, section 2.1). Shows what fires, and
 * hardly depends on the class: see the metric model-parameter-randomisation before it is read as evidence.
 */
public record Deconvnet() implements RuleMethod {

    @Override
    public Rule rule() {
        return Rule.DECONVNET;
    }

    @Override
    public boolean isSensitivity() {
        return true;
    }
}
