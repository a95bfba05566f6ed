package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients collected while the image comes into focus: a path of Gaussian blurs needs no baseline that looks like nothing
 * the model has seen.
 *
 * <p>{@code a = −Σ_i Δσ · ∇F_c(x_{σ_i}) ⊙ (x_{σ_i+δ} − x_{σ_i}) / δ}, with {@code x_σ} the image under a Gaussian blur of
 * σ pixels, {@code σ_i = i·Δσ} and {@code Δσ = sigma / steps}, i from 0 to steps − 1. Xu, Venugopalan and Sundararajan 2020
 * (arXiv 2004.03383, equation 8).
 *
 * <ul>
 *   <li>With the paper's δ the sharpest step counts for nothing: a Gaussian of 0.01 pixels that is sampled at whole pixels
 *       is the identity, so the derivative at σ = 0 vanishes, and what the image gains between σ = Δσ and 0 is lost.
 *   <li>{@code delta = 0} needs no derivative: the trapezoid rule on the path's own steps, {@code a = Σ_i ½ (∇F_c(x_{σ_i}) +
 *       ∇F_c(x_{σ_{i+1}})) ⊙ (x_{σ_i} − x_{σ_{i+1}})}, exact for linear and quadratic models.
 *   <li>The baseline score is the logit at σ = sigma, where an image much smaller than sigma has become its mean colour.
 * </ul>
 *
 * <p>Costs {@code steps} gradients, one more if {@code delta = 0}, and the logits at both ends. The blurs are made
 * where the model is and not kept.
 *
 * @param sigma the blur at which the path starts, in pixels of the model's input
 * @param steps steps of the path, equal in σ
 * @param delta step of the derivative with respect to σ, in pixels, or 0 for the path's own steps
 */
public record BlurIg(double sigma, int steps, double delta) implements Attributor {

    public BlurIg {
        StraightPath.check(steps);
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma is in pixels and above zero, not " + sigma);
        }

        if (!(delta >= 0)) {
            throw new IllegalArgumentException(
                    "delta is in pixels, or 0 for the steps of the path themselves, not " + delta);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        List<Question> questions = new ArrayList<>();
        int nodes = delta == 0 ? steps + 1 : steps;
        for (int i = 0; i < nodes; i++) {
            Contribution contribution = delta == 0 ? trapezoid(subject, i) : derivative(subject, i);
            questions.add(GradientTerm.ask(subject.changedTo(blurred(subject, sigma(i))), contribution));
        }

        questions.add(Question.of(Probe.logits(subject.stimulus())));
        questions.add(Question.of(Probe.logits(blurred(subject, sigma))));
        return Program.asking(
                new Round(questions, List.of(Fetch.slot(0))),
                answers -> Attribution.complete(
                        answers.get(nodes).logits()[subject.target()],
                        answers.get(nodes + 1).logits()[subject.target()],
                        questions.size(),
                        PixelValues.ofInput(subject.input(), answers.sum(0))));
    }

    private Contribution derivative(Subject subject, int i) {
        Difference change = new Difference(blurred(subject, sigma(i) + delta), blurred(subject, sigma(i)));
        return new Contribution(0, -sigma / steps / delta, change, Transform.IDENTITY);
    }

    /** Half of the step before and half of the step after, where there is one. */
    private Contribution trapezoid(Subject subject, int i) {
        Stimulus sharper = blurred(subject, sigma(Math.max(i - 1, 0)));
        Stimulus softer = blurred(subject, sigma(Math.min(i + 1, steps)));
        return new Contribution(0, 0.5, new Difference(sharper, softer), Transform.IDENTITY);
    }

    private double sigma(int i) {
        return sigma * i / steps;
    }

    static Stimulus blurred(Subject subject, double sigma) {
        return sigma == 0 ? subject.stimulus() : new Stimulus.Blurred(subject.stimulus(), sigma);
    }
}
