package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * Differences from the luma of the pixel multiplied by the strength: 0 is grey, 1 the image itself.
 *
 * @param from at least 0
 * @param to at most 20
 */
public record Saturation(double from, double to, int steps) implements Editor {

    public Saturation {
        new Strengths(from, to, steps).within(0, 20);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.saturated(channels, s))),
                null,
                Gauge.rising(PixelMeasure.COLOURFULNESS));
    }
}
