package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Stimulus;
import java.util.Collections;

/**
 * Each input value times its gradient: {@code a = x ⊙ ∇F_c(x)} in normalised units, so that mean colour counts nothing.
 *
 * <p>One gradient evaluation. Shrikumar, Greenside and Kundaje 2017 (arXiv 1605.01713). Exact for a linear model
 * without bias: the values add up to the logit.
 */
public record InputXGradient() implements SingleGradient {

    @Override
    public GradientTerm term(Subject subject) {
        Stimulus zero = new Stimulus.Solid(Collections.nCopies(subject.input().channels(), 0f));
        return new GradientTerm(new Difference(subject.stimulus(), zero), Transform.IDENTITY);
    }
}
