package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Integrated gradients without the part of each step along which the logit does not change: what a step gains is shared out
 * in proportion to the squared gradient.
 *
 * <p>{@code a = Σ_j g_j ⊙ g_j / ‖g_j‖² · (F_c(x_{j+1}) − F_c(x_j))} over the steps of a path to the
 * image, with {@code g_j = ∇F_c(x_j)}. Yang, Wang and Bilgic 2023 (arXiv 2303.14242, algorithm 1), who put it on the paths of
 * integrated gradients, guided integrated gradients and blur integrated gradients.
 *
 * <ul>
 *   <li>The values of step j add up to {@code F_c(x_{j+1}) − F_c(x_j)}, so the map is complete for any number of steps.
 *   <li>A step whose gradient is zero has no direction to give its gain to, and gives nothing; the completeness delta then
 *       shows what is missing.
 *   <li>The sign of a step is that of its gain, the same for all values: the map says where, hardly in which direction.
 *   <li>The path's start matters through the path only; a value may be far from zero where image and baseline agree.
 * </ul>
 *
 * <p>Costs a gradient per step and one forward evaluation; on a guided path one after another.
 *
 * @param path the way whose steps are shared out
 */
public record Idgi(GradientPath path) implements Attributor {

    public Idgi {
        Objects.requireNonNull(path, "path");
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return path.walk(subject, Transform.SQUARE).then(scores -> collect(subject, scores));
    }

    private Program<Attribution> collect(Subject subject, double[] scores) {
        int steps = path.steps();
        List<Fetch.Term> terms = new ArrayList<>();
        for (int j = 0; j < steps; j++) {
            terms.add(Fetch.Term.shares(j, scores[j + 1] - scores[j]));
        }

        Round fetch = new Round(List.of(), List.of(new Fetch(terms, null)));
        return Program.asking(
                fetch,
                answers -> Attribution.complete(
                        scores[steps], scores[0], steps + 1, PixelValues.ofInput(subject.input(), answers.sum(0))));
    }
}
