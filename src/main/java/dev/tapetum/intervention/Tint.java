package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;

/**
 * The image seen through a coloured filter whose density is the strength: {@code v · (1 − s + s · colour)} per channel.
 *
 * @param from at least 0, the image itself
 * @param to at most 1, the light that the colour lets through
 */
public record Tint(Colour colour, double from, double to, int steps) implements Editor {

    public Tint {
        Objects.requireNonNull(colour, "colour");
        new Strengths(from, to, steps).within(0, 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.filtered(channels, colour, s))),
                null,
                null);
    }
}
