package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Integrated gradients up to the point of the path where the model has made up its mind; what the gradients do beyond, where
 * the logit is saturated, is left out.
 *
 * <p>{@code a = (x − x') ⊙ ∫₀^{α*} ∇F_c(x' + α(x − x')) dα}, with {@code α*} the first of {@code steps + 1} equidistant
 * nodes where {@code G > threshold · max G}, and {@code G(α) = F_c(x' + α(x − x')) − F_c(x')} the gain so far; trapezoid
 * rule. Miglani et al. 2020 (arXiv 2010.12697, section 3).
 *
 * <ul>
 *   <li>The paper compares the output itself. We compare its gain, since a logit has no zero of its own: a constant added to
 *       all logits changes no prediction, and must not move the split.
 *   <li>A path on which the logit never rises above the baseline's is used as a whole.
 *   <li>The values add up to the gain at the split, so the completeness delta is {@code Σ a − G(α*)}; score and baseline
 *       score are those of the whole path.
 * </ul>
 *
 * <p>Costs {@code steps + 1} gradients, whose logits find the split. All gradients stay on the device until it is known.
 *
 * @param baseline x', where the path starts
 * @param steps steps of the whole path
 * @param threshold share of the largest gain at which the path is split, above 0 up to 1; at 1 it never is
 */
public record SplitIg(Baseline baseline, int steps, double threshold) implements Attributor {

    public SplitIg {
        Objects.requireNonNull(baseline, "baseline");
        StraightPath.check(steps);
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "threshold is a share of the largest gain, above 0 up to 1, not " + threshold);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        StraightPath path = StraightPath.of(subject, baseline, steps);
        return path.scores(steps + 1, Transform.IDENTITY).then(scores -> collect(path, scores));
    }

    private Program<Attribution> collect(StraightPath path, double[] scores) {
        int split = split(scores);
        List<Fetch.Term> terms = new ArrayList<>();
        for (int j = 0; j <= steps; j++) {
            // Points beyond the split have no weight; naming them gives their memory back.
            double weight = j > split ? 0 : (j == 0 || j == split ? 0.5 : 1) / steps;
            terms.add(new Fetch.Term(j, weight));
        }

        Round fetch = new Round(List.of(), List.of(new Fetch(terms, path.direction())));
        return Program.asking(fetch, answers -> {
            PixelValues values = PixelValues.ofInput(path.subject().input(), answers.sum(0));
            double delta = values.sum() - (scores[split] - scores[0]);
            return new Attribution(scores[steps], scores[0], delta, steps + 1, values);
        });
    }

    private int split(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow() - scores[0];
        for (int j = 0; j < steps; j++) {
            if (scores[j] - scores[0] > threshold * largest) {
                return j;
            }
        }

        return steps;
    }
}
