package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * A Gaussian blur whose standard deviation is the strength.
 *
 * @param from in pixels of the model's input, at least 0.05
 * @param to in pixels, at most 1000
 */
public record Blur(double from, double to, int steps) implements Editor {

    public Blur {
        new Strengths(from, to, steps).within(0.05, 1000);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps).edits(s -> new Stimulus.Blurred(Stimulus.ORIGINAL, s)),
                null,
                Gauge.falling(PixelMeasure.SHARPNESS));
    }
}
