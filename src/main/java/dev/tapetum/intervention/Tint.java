package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;

/**
 * A cast of a colour whose density is the strength: {@code clip(v · (1 − s + s · colour / luma(colour)))} per channel, so that
 * greys keep their luma and brightness is no part of the property.
 *
 * @param colour not black
 * @param from at least 0, the image itself
 * @param to at most 1
 */
public record Tint(Colour colour, double from, double to, int steps) implements Editor {

    public Tint {
        Objects.requireNonNull(colour, "colour");
        if (!(Colours.luma(colour) > 0)) {
            throw new IllegalArgumentException("colour must not be black: it would be a cast of nothing");
        }

        new Strengths(from, to, steps).within(0, 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.tinted(channels, colour, s))),
                null,
                null);
    }
}
