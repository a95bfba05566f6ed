package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * Every value raised by the strength: {@code clip(v + s)}.
 *
 * @param from from −1, where everything is black
 * @param to up to 1, where everything is white
 */
public record Brightness(double from, double to, int steps) implements Editor {

    public Brightness {
        new Strengths(from, to, steps).within(-1, 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.scaled(channels, 1, s))),
                null,
                Gauge.rising(PixelMeasure.LUMINANCE));
    }
}
