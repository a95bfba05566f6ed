package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * Differences from the mean luma m of the image multiplied by the strength: {@code clip(m + s (v − m))}; 1 is the image itself.
 *
 * @param from at least 0, where everything is of one grey
 * @param to at most 20
 */
public record Contrast(double from, double to, int steps) implements Editor {

    public Contrast {
        new Strengths(from, to, steps).within(0, 20);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        double mean = PixelMeasure.LUMINANCE.of(canvas.picture(), null);
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(
                                Stimulus.ORIGINAL, Colours.scaled(channels, s, (1 - s) * mean))),
                null,
                Gauge.rising(PixelMeasure.CONTRAST));
    }
}
