package dev.tapetum.intervention;

import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;

/**
 * Independent normal noise on every value, of one draw per image, whose standard deviation is the strength.
 *
 * @param from on the scale from 0 to 1, at least 0
 * @param to at most 10
 */
public record Noise(double from, double to, int steps) implements Editor {

    public Noise {
        new Strengths(from, to, steps).within(0, 10);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        long draw = Seeds.of(canvas.seed(), "noise-editor", 0);
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Jittered(Stimulus.ORIGINAL, Stimulus.Jittered.Shape.NORMAL, s, draw)),
                null,
                null);
    }
}
