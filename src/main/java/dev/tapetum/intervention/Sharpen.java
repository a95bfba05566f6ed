package dev.tapetum.intervention;

import dev.tapetum.image.ColourMap;
import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Stimulus;

/**
 * An unsharp mask: {@code clip(v + s (v − blurred))}.
 *
 * @param sigma of the blur, in pixels of the model's input
 * @param from at least 0
 * @param to at most 100
 */
public record Sharpen(double sigma, double from, double to, int steps) implements Editor {

    public Sharpen {
        new Strengths(from, to, steps).within(0, 100);
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma is in pixels and above zero, not " + sigma);
        }
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        ColourMap cut = Colours.cutOff(canvas.input().channels());
        Stimulus blurred = new Stimulus.Blurred(Stimulus.ORIGINAL, sigma);
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s ->
                                new Stimulus.Recoloured(new Stimulus.Blend(blurred, Stimulus.ORIGINAL, 1 + s), cut)),
                null,
                Gauge.rising(PixelMeasure.SHARPNESS));
    }
}
