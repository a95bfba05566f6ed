package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution.Transform;

/**
 * The gradient of the target's logit: how the logit answers to a small change of each input value.
 *
 * <p>{@code a = ∇F_c(x)}, or its modulus. One gradient evaluation. Simonyan, Vedaldi and Zisserman 2014 ("Deep inside
 * convolutional networks", arXiv 1312.6034, section 3); they take the modulus and the maximum over channels, we keep
 * the sign by default and sum over channels, as for every map.
 *
 * @param abs whether to take the modulus per value
 */
public record Saliency(boolean abs) implements SingleGradient {

    @Override
    public boolean isSensitivity() {
        return true;
    }

    @Override
    public GradientTerm term(Subject subject) {
        return new GradientTerm(null, abs ? Transform.ABSOLUTE : Transform.IDENTITY);
    }
}
