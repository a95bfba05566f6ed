package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import java.util.Set;

/**
 * The pixels outside of the mask blended with a colour, the strength being its share.
 *
 * @param from at least 0
 * @param to at most 1
 */
public record BackgroundColour(Colour colour, double from, double to, int steps) implements Editor {

    public BackgroundColour {
        Objects.requireNonNull(colour, "colour");
        new Strengths(from, to, steps).within(0, 1);
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.MASK);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        Region background = canvas.part(false);
        if (background == null) {
            return EditSequence.NONE;
        }

        Stimulus solid = Colours.solid(colour, canvas.input());
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Masked(
                                Stimulus.ORIGINAL, new Stimulus.Blend(Stimulus.ORIGINAL, solid, s), background)),
                background,
                null);
    }
}
