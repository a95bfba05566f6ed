package dev.tapetum.intervention;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.probe.Stimulus;

/**
 * The image moved by the strength, a share of its width, in one direction; what comes in from beyond the border mirrors the image.
 *
 * @param direction in degrees, 0 to the right, 90 up
 * @param from at least −1
 * @param to at most 1
 */
public record Translation(double direction, double from, double to, int steps) implements Editor {

    public Translation {
        new Strengths(from, to, steps).within(-1, 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Edited(Stimulus.ORIGINAL, AffineWarp.translation(s, direction))),
                null,
                null);
    }
}
