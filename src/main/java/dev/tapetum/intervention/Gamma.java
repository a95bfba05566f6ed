package dev.tapetum.intervention;

import dev.tapetum.image.PixelEdit;
import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.probe.Stimulus;

/**
 * Every value raised to the power of the strength: below 1 brighter, above 1 darker, black and white kept.
 *
 * @param from at least 0.01
 * @param to at most 100
 */
public record Gamma(double from, double to, int steps) implements Editor {

    public Gamma {
        new Strengths(from, to, steps).within(0.01, 100);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps).edits(s -> new Stimulus.Edited(Stimulus.ORIGINAL, new Power(s))),
                null,
                Gauge.falling(PixelMeasure.LUMINANCE));
    }

    /** {@code v} to the power of {@code exponent}. */
    record Power(double exponent) implements PixelEdit {

        @Override
        public PlanarImage apply(PlanarImage image) {
            float[] values = new float[image.values().length];
            for (int i = 0; i < values.length; i++) {
                double value = Math.max(0, Math.min(1, image.values()[i]));
                values[i] = (float) StrictMath.pow(value, exponent);
            }

            return image.with(values);
        }
    }
}
