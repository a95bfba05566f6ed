package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.List;
import java.util.Objects;

/**
 * The input with the largest logit that a search among natural spectra comes to: the baseline that {@link Prototype} has to
 * beat.
 *
 * <p>Climbs {@code F_c(T(x))} with Adam on the spectrum of x, see {@link Spectrum}, from a spectrum of normal numbers of standard
 * deviation 0.01; T is a small random affine map per step. Olah, Mordvintsev and Schubert 2017 ("Feature Visualization", Distill,
 * sections "The Enemy of Feature Visualization" and "Preconditioning and Parameterization").
 *
 * <ul>
 *   <li>A deviation: the reference implementations pad with grey, and turn by one of a list of angles; here what comes in from
 *       beyond the border mirrors the image, and angles are drawn from a range.
 *   <li>The cost of a seed is a gradient per step and a forward evaluation.
 * </ul>
 *
 * @param steps of Adam, all of which are made
 * @param rate of Adam, in the spectrum's own unit
 * @param transforms T; all zero for none
 */
public record ActivationMaximisation(int steps, double rate, Jitter transforms) implements Generator {

    public ActivationMaximisation {
        Objects.requireNonNull(transforms, "transforms");
        Bounds.atLeast("steps", steps, 1);
        Bounds.above("rate", rate);
    }

    @Override
    public boolean together() {
        return false;
    }

    @Override
    public Program<List<Drawn>> program(ModelCard model, int classIndex, List<Long> seeds) {
        InputSpec input = model.input();
        Objects.checkIndex(classIndex, model.classes().size());
        Spectrum form = Spectrum.of(input);
        return Program.all(seeds.stream()
                .map(seed -> climb(input, classIndex, seed, form.start(seed))
                        .then(sketches -> Ascent.finished(input, sketches, List.of(Double.NaN)))
                        .map(alone -> alone.get(0)))
                .toList());
    }

    /** The climb alone, from given parameters of the {@link Spectrum}. */
    Program<List<Sketch>> climb(InputSpec input, int classIndex, long seed, double[] start) {
        Sketch.Climb climb = new Sketch.Climb(steps, rate, StepScale.PIXEL, 0, transforms, 0, 0);
        return new Ascent(
                input, classIndex, 0, List.of(new Sketch(input, Spectrum.of(input), start.clone(), climb, seed)));
    }
}
