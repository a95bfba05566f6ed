package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.List;

/**
 * Integrated gradients averaged over a distribution of baselines, so that no single one decides what counts as absent.
 *
 * <p>{@code a = E_{x' ~ D, α ~ U(0,1)} [(x − x') ⊙ ∇F_c(x' + α(x − x'))]}, one value per input value, estimated from
 * {@code samples} draws. Erion et al. 2021 (arXiv 1906.10670, equation 5).
 *
 * <ul>
 *   <li>The paper draws x' from the training data. D is here the uniform distribution over {@code references}: {@link
 *       Baseline.Sample} among them stands for the images of the dataset that the run has drawn, {@code noise} for
 *       independent uniform pixels, either with another draw per sample. What the map says is relative to that
 *       choice.
 *   <li>The references take turns and the samples of each divide its path evenly, with a random point in every part. The
 *       paper draws both independently, which has the same expectation and misses completeness by much more.
 *   <li>The baseline score is the mean logit of the references that were drawn. Completeness holds in expectation only;
 *       the delta says by how much this estimate misses it.
 * </ul>
 *
 * <p>Costs {@code samples} gradients, one forward evaluation of the image, and one per different reference: each {@code
 * noise} that is drawn is another one, and so are the images of a sample.
 *
 * @param references the baselines, each with the same weight
 * @param samples number of gradients, at least one per reference
 */
public record ExpectedGradients(List<Baseline> references, int samples) implements Attributor {

    public ExpectedGradients {
        references = List.copyOf(references);
        new ReferenceDraws(references, samples, 0);
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return new ReferenceDraws(references, samples, 0).program(subject);
    }
}
