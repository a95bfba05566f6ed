package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.List;

/**
 * {@link ExpectedGradients} of noisy copies of the image: smoother, and an estimate of Shapley values where the model is
 * nearly linear and its inputs are independent.
 *
 * <p>{@code a = E_{x', α, ε} [(x + ε − x') ⊙ ∇F_c(x' + α(x + ε − x'))]} with {@code ε ~ N(0, (sigma·range)²)}, where range
 * is the image's largest minus smallest normalised value. Lundberg and Lee 2017 (arXiv 1705.07874) for the values; the
 * noise on the image is that of Captum's GradientShap, which takes an absolute sigma where ours follows the image's range.
 *
 * <p>The references are those of {@link ExpectedGradients}, with the same draws, and so is the cost. The delta compares
 * with the logit of the image without noise, so noise that lowers the logit shows in it.
 *
 * @param references the baselines, each with the same weight
 * @param samples number of gradients, at least one per reference
 * @param sigma noise on the image, as a fraction of its range
 */
public record GradientShap(List<Baseline> references, int samples, double sigma) implements Attributor {

    public GradientShap {
        references = List.copyOf(references);
        new ReferenceDraws(references, samples, sigma);
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return new ReferenceDraws(references, samples, sigma).program(subject);
    }
}
