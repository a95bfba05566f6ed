package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.Comparator;
import java.util.List;

/**
 * Integrated gradients from the nearest input that the model no longer takes for the target: what counts is what
 * separates the image from its nearest other class, not from nothing.
 *
 * <p>{@code a = (x − x') ⊙ ∫₀¹ ∇F_c(x' + α(x − x')) dα} with {@code x'} near the closest point at which another
 * class's logit reaches F_c. Wang, Fredrikson and Datta 2022 (BIG, arXiv 2103.11257, definition 4), who search it by
 * several attacks. Ours:
 *
 * <ol>
 *   <li>Towards each of the {@code classes} most probable other classes k, equal ones by index, steps go to the
 *       boundary of the linearised model, {@code z ← clip(z + (F_c − F_k)/‖∇F_k − ∇F_c‖² · (∇F_k − ∇F_c))}, a little
 *       further, and cut off at black and white, until another class than c is predicted or {@code attackSteps} are
 *       made. Moosavi-Dezfooli, Fawzi and Frossard 2016 (DeepFool, arXiv 1511.04599, algorithm 2). Differences of
 *       logits do not saturate, as probabilities do.
 *   <li>Of the ends that are beyond the boundary, the nearest in the Euclidean distance of the model's input is
 *       taken, and the line from the image to it is halved {@code halvings} times, always keeping the far end beyond
 *       the boundary.
 *   <li>The integral is by the Gauss–Legendre rule with {@code steps} nodes.
 * </ol>
 *
 * <ul>
 *   <li>For a linear model one step finds the nearest point exactly.
 *   <li>An image that is not predicted as the target is beyond the boundary already: its map is zero.
 *   <li>Where no way ends beyond the boundary, x' is the end that came closest to it, by the smallest lead of F_c
 *       over the other logits. The baseline score says how far the logit came down; nothing is refused.
 * </ul>
 *
 * <p>Costs one forward evaluation, up to {@code classes · 2 · (attackSteps + 1)} gradients, of which ∇F_c at the
 * image is one for all, {@code halvings} forward evaluations one after another, {@code steps} gradients, and the
 * logits at both ends.
 *
 * @param attackSteps most steps towards each class
 * @param classes most classes
 * @param halvings halvings of the line to the boundary
 * @param steps nodes of the integral
 */
public record BoundaryIg(int attackSteps, int classes, int halvings, int steps) implements Attributor {

    /** What is beyond the boundary by its distance, and after it what is not by its lead. */
    private static final Comparator<BoundaryWay.End> NEAREST = Comparator.comparingDouble(
                    (BoundaryWay.End end) -> Math.max(0, end.lead()))
            .thenComparingDouble(BoundaryWay.End::distance);

    public BoundaryIg {
        StraightPath.check(steps);
        if (attackSteps < 1) {
            throw new IllegalArgumentException(
                    "attack-steps is the number of steps towards a class, at least 1, not " + attackSteps);
        }

        if (classes < 1) {
            throw new IllegalArgumentException("classes is the number of other classes, at least 1, not " + classes);
        }

        if (halvings < 0) {
            throw new IllegalArgumentException("halvings is zero or more, not " + halvings);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return Program.asking(Round.of(Probe.logits(subject.stimulus())), answers -> answers.get(0))
                .then(answer -> answer.predicted() == subject.target()
                        ? attack(subject, answer.logits())
                        : Program.done(nothing(subject, answer.logits()[subject.target()])));
    }

    /** After one evaluation. */
    private static Attribution nothing(Subject subject, double score) {
        PixelValues zeros =
                PixelValues.ofInput(subject.input(), new float[subject.input().size()]);
        return Attribution.complete(score, score, 1, zeros);
    }

    private Program<Attribution> attack(Subject subject, float[] logits) {
        List<BoundaryWay> ways = Logits.largestOthers(logits, subject.target(), classes).stream()
                .map(rival -> new BoundaryWay(subject, rival, attackSteps))
                .toList();
        if (ways.isEmpty()) { // a model of a single class has no boundary
            return Program.done(nothing(subject, logits[subject.target()]));
        }

        return Program.all(ways).then(ends -> {
            int asked = 1 + ends.stream().mapToInt(BoundaryWay.End::evaluations).sum();
            BoundaryWay.End nearest = ends.stream().min(NEAREST).orElseThrow();
            Stimulus end = new Stimulus.Pixels(nearest.point());
            return nearest.lead() > 0
                    ? integral(subject, end, asked)
                    : halve(subject, end, 0, 1, halvings).then(start -> integral(subject, start, asked + halvings));
        });
    }

    /** The boundary lies between the fractions {@code inside} and {@code beyond} of the way from the image to the end. */
    private static Program<Stimulus> halve(Subject subject, Stimulus end, double inside, double beyond, int times) {
        if (times == 0) {
            return Program.done(new Stimulus.Blend(subject.stimulus(), end, beyond));
        }

        double middle = (inside + beyond) / 2;
        return Program.asking(
                        Round.of(Probe.logits(new Stimulus.Blend(subject.stimulus(), end, middle))),
                        answers -> answers.get(0).predicted() == subject.target())
                .then(isInside -> isInside
                        ? halve(subject, end, middle, beyond, times - 1)
                        : halve(subject, end, inside, middle, times - 1));
    }

    private Program<Attribution> integral(Subject subject, Stimulus start, int asked) {
        return IntegratedGradients.byRule(subject, start, steps).map(attribution -> attribution.asking(asked));
    }
}
