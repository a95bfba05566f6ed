package dev.tapetum.intervention;

import dev.tapetum.image.HueTurn;
import dev.tapetum.probe.Stimulus;

/**
 * One colour of the image changed into another: pixels whose hue lies near {@code hue} are turned on the colour circle, by the
 * strength in degrees; their saturation and value stay.
 *
 * @param hue the hue that is changed, in degrees: 0 red, 60 yellow, 120 green, 240 blue
 * @param width how far a hue may be from it, in degrees, above 0 up to 180
 * @param from in degrees, at least −180
 * @param to in degrees, at most 180
 */
public record Recolour(double hue, double width, double from, double to, int steps) implements Editor {

    public Recolour {
        new Strengths(from, to, steps).within(-180, 180);
        if (!(hue >= 0 && hue < 360)) {
            throw new IllegalArgumentException("hue is in degrees, from 0 to less than 360, not " + hue);
        }

        if (!(width > 0 && width <= 180)) {
            throw new IllegalArgumentException("width is in degrees, above 0 up to 180, not " + width);
        }
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Edited(Stimulus.ORIGINAL, new HueTurn(hue, width, s))),
                null,
                null);
    }
}
