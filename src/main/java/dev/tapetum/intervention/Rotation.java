package dev.tapetum.intervention;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.probe.Stimulus;

/**
 * The image turned about its middle, counter-clockwise, by the strength in degrees; what comes in from beyond the border mirrors the image.
 *
 * @param from in degrees, at least −180
 * @param to in degrees, at most 180
 */
public record Rotation(double from, double to, int steps) implements Editor {

    public Rotation {
        new Strengths(from, to, steps).within(-180, 180);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Edited(Stimulus.ORIGINAL, AffineWarp.rotation(s))),
                null,
                null);
    }
}
