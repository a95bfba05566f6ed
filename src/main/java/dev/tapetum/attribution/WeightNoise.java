package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Variant;
import dev.tapetum.probe.Program;
import dev.tapetum.spec.RecordParts;
import java.util.List;

/**
 * The methods that average another one over copies of the model with noisy weights, which the bundle brings along:
 * {@code E[a_{θ⊙η}(x)], η ~ N(1, σ²)}, with σ and the number of copies as they were exported. Bykov et al. 2022
 * (arXiv 2106.10185).
 *
 * <p>A copy of the model has no copies of its own, so these methods cannot be asked of one: neither within each
 * other, nor on a randomised copy.
 */
public sealed interface WeightNoise extends Attributor permits NoiseGrad, FusionGrad {

    /** What is averaged over the copies. */
    Attributor averaged();

    /** Whether a method is one of these, or made of one. */
    static boolean isIn(Attributor method) {
        return method instanceof Record record && RecordParts.contain(record, WeightNoise.class);
    }

    /** Refuses to average what is an average over the copies already. */
    static void refuseIn(Attributor method) {
        if (isIn(method)) {
            throw new IllegalArgumentException("of must not contain noise-grad or fusion-grad, since noisy copies of"
                    + " the model have no noisy copies of their own");
        }
    }

    @Override
    default void check(ModelCard model) {
        averaged().check(model);
        Requirements.of(this, model).variants(Variant.Kind.NOISY, "noisy copies", "--noisy N");
    }

    @Override
    default boolean isSensitivity() {
        return averaged().isSensitivity();
    }

    @Override
    default Program<Attribution> program(Subject subject) {
        List<Program<Attribution>> programs = subject.model().variants(Variant.Kind.NOISY).stream()
                .map(copy -> averaged().program(subject).on(copy))
                .toList();
        return NoiseCloud.Moments.of(subject, programs)
                .map(moments -> Attribution.of(moments.score(), moments.evaluations(), moments.mean()));
    }
}
