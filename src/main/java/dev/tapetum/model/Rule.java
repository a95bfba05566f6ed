package dev.tapetum.model;

import java.util.Locale;

/**
 * What a bundle can be exported with besides its gradient: backward passes that need the inside of the network. Each is a
 * method of the TorchScript module that answers with the logits and a field of the input's shape.
 */
public enum Rule {
    /** The gradient with the backward signal of every activation cut off below zero. */
    DECONVNET,
    /** The gradient with the backward signal of every activation cut off below zero where it passes at all. */
    GUIDED_BACKPROP,
    /** The gradient through those units only whose activation times backward signal is among the largest. */
    RECT_GRAD,
    /** The modified gradient whose product with the input is the relevance of the ε rule. */
    LRP_EPSILON,
    /** The multipliers of the rescale rule between an input and a reference. */
    DEEP_LIFT,
    /** The full-gradient map; its total is the gradient's and the biases' share of the logit. */
    FULL_GRAD,
    /** The product of the logit's Hessian with a vector. */
    CURVATURE;

    /** Its name in a plan, in {@code model.conf} and on the exporter's command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The module's method. */
    public String method() {
        return "rule_" + name().toLowerCase(Locale.ROOT);
    }
}
