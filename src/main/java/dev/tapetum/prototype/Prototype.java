package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The input that a model would draw for a class, from a start that speaks for none.
 *
 * <p>Descends on {@code −F_c(T(x)) + λ (mean|∂_h x| + mean|∂_w x|)} with Adam, {@code F_c} the class's logit, T a small random affine map
 * per step, x on the scale from 0 to 1. The start is equidistant: from noise it has descended on {@code Var_c softmax_c F(x)}, so
 * that all classes are about equally likely. Tagade and Rumbelow 2023 (arXiv 2309.17144, section 3).
 *
 * <ul>
 *   <li>A deviation: values are cut off at 0 and 1 after every step. What comes out shall be an image, since it can be compared
 *       with images only then; a network answers to values far beyond white as to nothing that it will ever see.
 *   <li>A deviation: with {@link StepScale#IMAGE} Adam divides by one number per image, the reason being in {@link StepScale}.
 *   <li>A deviation: λ is in units of the logit's gradient at each step, not in logits. Models differ tenfold in how steep their logits
 *       are, so do pictures of different sizes, and on the way up one model grows steeper while another levels off; a fixed price is no
 *       price for one and forbids everything for another. So measured, the two stand in the same proportion at every step.
 *   <li>A deviation: in the start, steps that make it worse are taken back, see {@link EquidistantStart}.
 *   <li>The cost of a seed is a gradient per step of the start and of the climb, one more at the start's end, and a forward
 *       evaluation.
 *   <li>A start that does not come to the tolerance is used all the same; {@link Drawn#startVariance} says so.
 * </ul>
 *
 * @param steps of the climb, at most
 * @param rate of Adam, at first in the start and in all of the climb: about how far a value moves per step, on the scale from 0 to 1
 * @param stepScale what Adam divides a gradient by
 * @param highFrequency what λ is of ‖∇_x F_c(T(x))‖₁ at each step, the logits that all values together could gain if each
 *     moved by 1 as it likes
 * @param transforms T; all zero for none
 * @param diversity weight, in logits, of the mean cosine between the ways from start to drawing of a seed and the others of its class, see
 *     {@link Diversity}; 0 draws each seed on its own
 * @param patience steps after which the climb stops if the mean logit over them is larger than that over as many before by less
 *     than {@code tolerance} of its size; 0 never stops early
 * @param tolerance see patience
 * @param startSteps of the descent on the variance, at most
 * @param startTolerance standard deviation of the C classes' probabilities at which the start is good enough, as a share of their mean
 *     1/C, so that it asks as much of a model of a thousand classes as of one of ten
 */
public record Prototype(
        int steps,
        double rate,
        StepScale stepScale,
        double highFrequency,
        Jitter transforms,
        double diversity,
        int patience,
        double tolerance,
        int startSteps,
        double startTolerance)
        implements Generator {

    public Prototype {
        Objects.requireNonNull(stepScale, "stepScale");
        Objects.requireNonNull(transforms, "transforms");
        Bounds.atLeast("steps", steps, 1);
        Bounds.above("rate", rate);
        Bounds.fromZero("high-frequency", highFrequency);
        Bounds.fromZero("diversity", diversity);
        Bounds.atLeast("patience", patience, 0);
        Bounds.fromZero("tolerance", tolerance);
        Bounds.atLeast("start-steps", startSteps, 0);
        Bounds.fromZero("start-tolerance", startTolerance);
    }

    @Override
    public boolean together() {
        return diversity > 0;
    }

    @Override
    public Program<List<Drawn>> program(ModelCard model, int classIndex, List<Long> seeds) {
        Objects.checkIndex(classIndex, model.classes().size());
        if (together()) {
            return drawn(model, classIndex, seeds);
        }

        return Program.all(seeds.stream()
                .map(seed -> drawn(model, classIndex, List.of(seed)).map(alone -> alone.get(0)))
                .toList());
    }

    /** The climb alone, from given images on the scale from 0 to 1. */
    Program<List<Sketch>> climb(InputSpec input, int classIndex, List<Long> seeds, List<double[]> starts) {
        Sketch.Climb climb = new Sketch.Climb(steps, rate, stepScale, highFrequency, transforms, patience, tolerance);
        List<Sketch> sketches = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            sketches.add(new Sketch(input, Form.PIXELS, starts.get(i).clone(), climb, seeds.get(i)));
        }

        return new Ascent(input, classIndex, diversity, sketches);
    }

    private Program<List<Drawn>> drawn(ModelCard model, int classIndex, List<Long> seeds) {
        InputSpec input = model.input();
        return Program.all(seeds.stream().map(seed -> start(model, seed)).toList())
                .then(starts -> climb(
                                input,
                                classIndex,
                                seeds,
                                starts.stream()
                                        .map(EquidistantStart.Start::image)
                                        .toList())
                        .then(sketches -> Ascent.finished(
                                input,
                                sketches,
                                starts.stream()
                                        .map(EquidistantStart.Start::variance)
                                        .toList())));
    }

    private Program<EquidistantStart.Start> start(ModelCard model, long seed) {
        return new EquidistantStart(
                model.input(), model.classes().size(), startSteps, startTolerance, rate, stepScale, seed);
    }
}
