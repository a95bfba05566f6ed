package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.List;

/**
 * Gradients collected on the ways on which the image turns into another class: no baseline is chosen, the model's own
 * boundaries are it.
 *
 * <p>{@code a = Σ_k Σ_t −∇p_c(z_t) ⊙ δ_t} with {@code z_0 = x}, {@code δ_t = clip(z_t + ε·sign(∇p_k(z_t))) − z_t} and
 * {@code z_{t+1} = z_t + δ_t}, over false classes k, until the prediction at {@code z_t} is k or {@code steps} are made.
 * {@code p} is the softmax probability, c the target, and clip keeps every value between black and white. The total is
 * about what the ways together take from {@code p_c}. Pan, Li and Zhu 2021 (IJCAI, "Explaining deep neural network
 * models with adversarial gradient integration", algorithm 1).
 *
 * <ul>
 *   <li>Steps go on from the current point, as the paper says; its published code starts each from the image.
 *   <li>The paper draws the false classes at random. We take the {@code classes} most probable ones, equal ones by
 *       index: their boundaries are the nearest, so that a way ends in its class and not after its last step, and the
 *       map does not depend on a draw. With at most {@code classes} others there is nothing to choose.
 *   <li>A class that is predicted already (the target is not the prediction) adds nothing.
 *   <li>The score is the logit, as for all methods, although probabilities are differentiated: a probability that has
 *       saturated in single precision has a gradient of zero, and so is the map. Neither baseline score nor
 *       completeness.
 * </ul>
 *
 * <p>Costs one forward evaluation, and per false class two gradients per step and two more that find the end; the
 * first two gradients of all ways share their point, and {@code ∇p_c(x)} is evaluated once.
 *
 * @param epsilon size of a step, as a fraction of the way from black to white
 * @param steps most steps per false class
 * @param classes most false classes
 */
public record Agi(double epsilon, int steps, int classes) implements Attributor {

    public Agi {
        StraightPath.check(steps);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "epsilon is a fraction of the way from black to white, above zero, not " + epsilon);
        }

        if (classes < 1) {
            throw new IllegalArgumentException("classes is the number of false classes, at least 1, not " + classes);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return Program.asking(
                        Round.of(Probe.logits(subject.stimulus())),
                        answers -> answers.get(0).logits())
                .then(logits -> Program.all(Logits.largestOthers(logits, subject.target(), classes).stream()
                                .map(rival -> new AdversarialPath(this, subject, rival))
                                .toList())
                        .map(ways -> total(logits[subject.target()], subject, ways)));
    }

    private static Attribution total(double score, Subject subject, List<AdversarialPath.Way> ways) {
        float[] values = new float[subject.input().size()];
        int evaluations = 1;
        for (AdversarialPath.Way way : ways) {
            evaluations += way.evaluations();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) way.values()[i];
            }
        }

        return Attribution.of(score, evaluations, PixelValues.ofInput(subject.input(), values));
    }
}
