package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code T(g ⊙ times)}, with {@code g = ∇F_target(x)} or the field of a rule: an attribution that is made of a single
 * gradient or field, so that averages of it over many inputs can be taken where the gradient is.
 */
record GradientTerm(@Nullable Difference times, Transform transform) {

    /** The attribution itself into {@code slot}, weighted. */
    Contribution into(int slot, double weight) {
        return new Contribution(slot, weight, times, transform);
    }

    /** The attribution's square into {@code slot}, weighted. */
    Contribution squaredInto(int slot, double weight) {
        return new Contribution(slot, weight, times, Transform.SQUARE);
    }

    static GradientTerm times(Difference times) {
        return new GradientTerm(times, Transform.IDENTITY);
    }

    /** The product with the input in normalised units. */
    static GradientTerm timesInput(Subject subject) {
        Stimulus zero = Stimulus.Solid.zero(subject.input());
        return times(new Difference(subject.stimulus(), zero));
    }

    static Question ask(Subject subject, Contribution... contributions) {
        return new Question(Probe.gradient(subject.stimulus(), subject.target()), null, List.of(contributions));
    }
}
