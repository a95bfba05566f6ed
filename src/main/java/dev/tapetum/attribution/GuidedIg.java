package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;

/**
 * Integrated gradients along a path that the model chooses: at each step first those values move for which the gradient is
 * small, so that the path avoids regions where the logit is steep for no good reason.
 *
 * <p>{@code a_i = Σ_t ∂F_c/∂x_i(z_t) · (z_{t+1,i} − z_{t,i})} for the path {@code z_0 = x', …, z_steps = x}. With every
 * value's progress written as {@code α_i = (z_i − x'_i)/(x_i − x'_i)}, step t brings the L1 distance to the image down to
 * {@code (1 − (t+1)/steps)·‖x − x'‖₁}:
 *
 * <ol>
 *   <li>whatever lags behind {@code (t+1)/steps − maxDistance} is moved up to it;
 *   <li>until the distance is reached, the {@code fraction} of all values with the smallest {@code |gradient|} among those
 *       that may still move goes on towards {@code (t+1)/steps + maxDistance}, all by the same share of their way.
 * </ol>
 *
 * <p>Kapishnikov et al. 2021 (arXiv 2106.09788, algorithm 1).
 *
 * <ul>
 *   <li>Values on which image and baseline agree do not move and get 0. Equal gradients at the edge of the fraction move
 *       together.
 *   <li>Each gradient is that of the step's start. For a smooth model that is complete in the limit of many steps; for a
 *       network of ReLUs not even then, since the path likes to run along a kink and to cross it at every step. The delta
 *       says what is missed.
 *   <li>The selection is a matter of ranks: rounding can exchange two values whose gradients are nearly equal, and the path
 *       goes on from there. On the demo's network of ReLUs single precision alone moves the map of three images in five by
 *       a tenth of its largest value; on its transformer it does not show.
 * </ul>
 *
 * <p>Costs {@code steps} gradients one after another and the image's logits. Every gradient travels to the JVM and every
 * point back, so images side by side, not steps, fill a batch.
 *
 * @param baseline x', where the path starts
 * @param steps steps of the path
 * @param fraction share of the values that move at once, above 0 up to 1
 * @param maxDistance how far a value's progress may be from that of the straight path, 0 to 1
 */
public record GuidedIg(Baseline baseline, int steps, double fraction, double maxDistance) implements Attributor {

    public GuidedIg {
        new GradientPath.Guided(baseline, steps, fraction, maxDistance);
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        GradientPath.Guided path = new GradientPath.Guided(baseline, steps, fraction, maxDistance);
        return new GuidedPath(path, subject, null)
                .map(way -> Attribution.complete(
                        way.scores()[steps],
                        way.scores()[0],
                        steps + 1,
                        PixelValues.ofInput(subject.input(), way.values())));
    }
}
