package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * Every value raised by the strength: {@code clip(v + s)}.
 *
 * @param from the lowest strength, from −1 (black)
 * @param to the highest strength, up to 1 (white)
 */
public record Brightness(double from, double to, int steps) implements Editor {

    public Brightness {
        new Strengths(from, to, steps).within(-1, 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(
                                Stimulus.ORIGINAL, Colours.shift(canvas.input().channels(), s))),
                null,
                Gauge.rising(PixelMeasure.LUMINANCE));
    }
}
