package dev.tapetum.attribution;

/**
 * Each input value times its gradient: {@code a = x ⊙ ∇F_c(x)} in normalised units, so that mean colour counts nothing.
 *
 * <p>One gradient evaluation. Shrikumar, Greenside and Kundaje 2017 (arXiv 1605.01713). Exact for a linear model
 * without bias: the values add up to the logit.
 */
public record InputXGradient() implements SingleGradient {

    @Override
    public GradientTerm term(Subject subject) {
        return GradientTerm.timesInput(subject);
    }
}
