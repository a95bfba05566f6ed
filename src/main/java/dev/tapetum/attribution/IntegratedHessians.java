package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * How much of what a pixel contributes it contributes only together with other parts of the image.
 *
 * <p>{@code Γ_ij = (x_i − x'_i)(x_j − x'_j) ∫₀¹∫₀¹ αβ ∂²F_c/∂x_i∂x_j (x' + αβ(x − x')) dα dβ} is the interaction of
 * two values. Janizek, Sturmfels and Lee 2021 (arXiv 2002.04138, equation 5). What is stored is the map {@code a_i =
 * Σ_j Γ_ij} over all values j outside of the part that i belongs to: the row sums of the paper's matrix without its
 * blocks on the diagonal. The matrix itself, parts × parts, is not stored.
 *
 * <ul>
 *   <li>With the blocks on the diagonal the row sums would be integrated gradients (the paper's interaction
 *       completeness), and say nothing new. Without them they add up to nothing in particular; 0 means that parts act
 *       alone.
 *   <li>A part interacts with all others as much as they do with it: Γ is symmetric.
 *   <li>The double integral depends on u = αβ only, whose density is −ln u, so it is {@code ∫ −u ln u H(u) du}, and with
 *       u = t² {@code ∫ −4 t³ ln t H(t²) dt}, by the Gauss–Legendre rule with {@code steps} nodes in t.
 *   <li>A network of ReLUs has no curvature but at its kinks; its bundle answers with that of a surrogate with
 *       softplus, and the map is the surrogate's.
 * </ul>
 *
 * <p>Costs a product of the Hessian with a vector, two to three gradients' worth, per node and part, and one forward
 * evaluation.
 *
 * @param features the parts
 * @param baseline x'
 * @param steps nodes of the integral
 */
public record IntegratedHessians(Features features, Baseline baseline, int steps) implements Attributor {

    public IntegratedHessians {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(baseline, "baseline");
        StraightPath.check(steps);
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).rule(Rule.CURVATURE);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        PixelLabels parts = features.of(subject);
        List<Question> questions = new ArrayList<>();
        questions.add(Question.of(Probe.logits(subject.stimulus())));
        if (parts.count() > 1) {
            questions.addAll(interactions(subject, parts));
        }

        List<Fetch> fetches = parts.count() > 1 ? List.of(Fetch.slot(0)) : List.of();
        return Program.asking(new Round(questions, fetches), answers -> {
            float[] values = fetches.isEmpty() ? new float[subject.input().size()] : answers.sum(0);
            return Attribution.of(
                    answers.get(0).logits()[subject.target()],
                    questions.size(),
                    PixelValues.ofInput(subject.input(), values));
        });
    }

    /** Per part and node the Hessian times the way of all other parts, and of that the part's own values. */
    private List<Question> interactions(Subject subject, PixelLabels parts) {
        Stimulus start = baseline.of(subject);
        Stimulus way = new Stimulus.Pixels(subject.render(new Difference(subject.stimulus(), start)));
        Stimulus zero = Stimulus.Solid.zero(subject.input());
        GaussLegendre rule = GaussLegendre.of(steps);
        List<Question> questions = new ArrayList<>();
        for (int k = 0; k < parts.count(); k++) {
            BitSet own = new BitSet();
            own.set(k);
            Region part = parts.segments(own);
            Stimulus others = new Stimulus.Masked(way, zero, part);
            Difference wayOfPart = new Difference(new Stimulus.Masked(start, subject.stimulus(), part), start);
            for (int j = 0; j < steps; j++) {
                double t = rule.nodes()[j];
                double weight = -4 * t * t * t * Math.log(t) * rule.weights()[j];
                Stimulus point = new Stimulus.Blend(start, subject.stimulus(), t * t);
                Ask product = new Ask.RuleField(Rule.CURVATURE, subject.target(), 0, others);
                Contribution contribution = new Contribution(0, weight, wayOfPart, Transform.IDENTITY);
                questions.add(new Question(new Probe(point, product), null, List.of(contribution)));
            }
        }

        return questions;
    }
}
