package dev.tapetum.intervention;

import dev.tapetum.probe.Stimulus;

/**
 * All colours turned on the colour circle, their luma kept: a rotation about the axis of greys (in YIQ).
 *
 * @param from in degrees, at least −180
 * @param to in degrees, at most 180
 */
public record Hue(double from, double to, int steps) implements Editor {

    public Hue {
        new Strengths(from, to, steps).within(-180, 180);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.turned(channels, s))),
                null,
                null);
    }
}
