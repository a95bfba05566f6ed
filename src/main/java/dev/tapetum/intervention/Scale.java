package dev.tapetum.intervention;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.probe.Stimulus;

/**
 * The image enlarged about its middle by the strength; below 1 what comes in from beyond the border mirrors the image.
 *
 * @param from at least 0.05
 * @param to at most 20
 */
public record Scale(double from, double to, int steps) implements Editor {

    public Scale {
        new Strengths(from, to, steps).within(0.05, 20);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps).edits(s -> new Stimulus.Edited(Stimulus.ORIGINAL, AffineWarp.scale(s))),
                null,
                null);
    }
}
