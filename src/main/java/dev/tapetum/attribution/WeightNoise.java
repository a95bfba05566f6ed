package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Variant;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.List;

/**
 * The methods that average another one over copies of the model with noisy weights, which the bundle brings along: {@code E[a_{θ⊙η}(x)],
 * η ~ N(1, σ²)}, with σ and the number of copies as they were exported. Bykov et al. 2022 (arXiv 2106.10185).
 */
sealed interface WeightNoise extends Attributor permits NoiseGrad, FusionGrad {

    /** What is averaged over the copies. */
    Attributor averaged();

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
        Program<Double> score = Program.asking(Round.of(Probe.logits(subject.stimulus())), answers ->
                (double) answers.get(0).logits()[subject.target()]);
        Program<List<Attribution>> attributions = Program.all(subject.model().variants(Variant.Kind.NOISY).stream()
                .map(copy -> averaged().program(subject).on(copy))
                .toList());
        return score.then(logit -> attributions.map(all -> {
            NoiseCloud.Moments moments = NoiseCloud.Moments.of(logit, all);
            return Attribution.of(moments.score(), moments.evaluations(), moments.mean());
        }));
    }
}
