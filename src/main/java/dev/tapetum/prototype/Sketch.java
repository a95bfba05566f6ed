package dev.tapetum.prototype;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Stimulus;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One drawing in the making: parameters that are moved, step by step, so that a logit grows. */
final class Sketch {

    private final InputSpec input;
    private final UnitScale scale;
    private final Form form;
    private final double[] parameters;
    private final Climb climb;
    private final Adam adam;
    private final Plateau plateau;
    private final long seed;
    private double[] image;
    private @Nullable AffineWarp warp;
    private int steps;

    /** @param parameters where to start; the array is the sketch's from now on */
    Sketch(InputSpec input, Form form, double[] parameters, Climb climb, long seed) {
        this.input = input;
        this.scale = new UnitScale(input);
        this.form = form;
        this.parameters = parameters;
        this.climb = climb;
        this.adam = new Adam(parameters.length, climb.rate, climb.stepScale);
        this.plateau = new Plateau(climb.patience, climb.tolerance);
        this.seed = seed;
        this.image = form.image(parameters);
    }

    /**
     * How a logit is climbed.
     *
     * @param steps at most
     * @param highFrequency weight of {@link HighFrequency}, as a share of the sum of the moduli of the logit's gradient at each step
     * @param patience and {@code tolerance}: see {@link Plateau}
     */
    record Climb(
            int steps,
            double rate,
            StepScale stepScale,
            double highFrequency,
            Jitter transforms,
            int patience,
            double tolerance) {}

    boolean isDone() {
        return steps == climb.steps || plateau.reached();
    }

    int steps() {
        return steps;
    }

    /** The drawing as it is, on the scale from 0 to 1. */
    double[] image() {
        return image;
    }

    /** What the model is to be asked about: the drawing, moved a little. */
    Stimulus.Pixels jittered() {
        warp = climb.transforms.warp(seed, steps);
        return scale.stimulus(
                warp == null ? image : warp.moved(input.channels(), input.height(), input.width(), image));
    }

    /**
     * Takes one step down {@code −F(T(x)) + λ·HighFrequency(x) + other(x)}, with λ from the gradient of {@code F(T(x))}.
     *
     * @param logit {@code F} of what {@link #jittered} showed
     * @param gradient of that logit with respect to the normalised input
     * @param other gradient with respect to the image of whatever else is to become small
     */
    void step(double logit, float[] gradient, double[] other) {
        double[] ofShown = scale.gradient(gradient);
        double[] slope =
                warp == null ? ofShown : warp.pulledBack(input.channels(), input.height(), input.width(), ofShown);
        double price = climb.highFrequency > 0
                ? climb.highFrequency * Arrays.stream(slope).map(Math::abs).sum()
                : 0;
        for (int i = 0; i < slope.length; i++) {
            slope[i] = other[i] - slope[i];
        }

        if (price > 0) {
            new HighFrequency(input.channels(), input.height(), input.width()).addGradient(price, image, slope);
        }

        adam.step(parameters, form.pulledBack(image, slope));
        form.confine(parameters);
        image = form.image(parameters);
        plateau.add(logit);
        steps++;
    }
}
