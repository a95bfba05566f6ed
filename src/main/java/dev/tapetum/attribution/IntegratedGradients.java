package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The gradient collected on the straight way from a baseline to the image; the values add up to what the logit gained.
 *
 * <p>{@code a = (x − x') ⊙ ∫₀¹ ∇F_c(x' + α(x − x')) dα}. Sundararajan, Taly and Yan 2017 (arXiv 1703.01365, equation 1).
 *
 * <ul>
 *   <li>{@code steps = 0}: the path is refined where it is needed, see {@link RefinedPath}, until {@code |Σ a − (F(x) −
 *       F(x'))| ≤ tolerance · max(|F(x) − F(x')|, floor)} or {@code maxSteps} gradients are spent. The result always
 *       says how far from complete it is.
 *   <li>{@code steps = n}: the Gauss–Legendre rule with n nodes, whatever the error; 50 is the field's habit.
 * </ul>
 *
 * @param baseline x', where the path starts
 * @param steps number of fixed nodes, or 0 for as many as needed
 * @param tolerance relative completeness error to reach
 * @param floor smallest logit gain that the error is measured against, so that a gain of nearly zero does not ask for
 *     perfection
 * @param maxSteps most gradient evaluations of a refined path
 */
public record IntegratedGradients(Baseline baseline, int steps, double tolerance, double floor, int maxSteps)
        implements Attributor {

    public IntegratedGradients {
        Objects.requireNonNull(baseline, "baseline");
        if (steps < 0) {
            throw new IllegalArgumentException("steps is the number of fixed nodes, or 0 to refine, not " + steps);
        }

        if (!(tolerance > 0) || !(floor > 0)) {
            throw new IllegalArgumentException(
                    "tolerance and floor are above zero, not " + tolerance + " and " + floor);
        }

        if (maxSteps < RefinedPath.FIRST_NODES) {
            throw new IllegalArgumentException("max-steps is at least " + RefinedPath.FIRST_NODES
                    + ", the first look at the path, not " + maxSteps);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return steps == 0 ? new RefinedPath(this, subject) : byRule(subject, baseline.of(subject), steps);
    }

    /** The Gauss–Legendre rule with that many nodes, from any start. */
    static Program<Attribution> byRule(Subject subject, Stimulus start, int steps) {
        GaussLegendre rule = GaussLegendre.of(steps);
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j < steps; j++) {
            Stimulus point = new Stimulus.Blend(start, subject.stimulus(), rule.nodes()[j]);
            questions.add(GradientTerm.ask(subject.changedTo(point), Contribution.of(0, rule.weights()[j])));
        }

        questions.add(Question.of(Probe.logits(subject.stimulus())));
        questions.add(Question.of(Probe.logits(start)));
        Fetch fetch = new Fetch(List.of(new Fetch.Term(0, 1)), new Difference(subject.stimulus(), start));
        return Program.asking(
                new Round(questions, List.of(fetch)),
                answers -> Attribution.complete(
                        answers.get(steps).logits()[subject.target()],
                        answers.get(steps + 1).logits()[subject.target()],
                        questions.size(),
                        PixelValues.ofInput(subject.input(), answers.sum(0))));
    }
}
