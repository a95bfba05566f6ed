package dev.tapetum.intervention;

import dev.tapetum.image.PixelMeasure;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Stimulus;
import java.util.Set;

/**
 * Every value outside of the mask raised by the strength, cut off at black and white.
 *
 * @param from at least −1
 * @param to at most 1
 */
public record BackgroundBrightness(double from, double to, int steps) implements Editor {

    public BackgroundBrightness {
        new Strengths(from, to, steps).within(-1, 1);
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

        int channels = canvas.input().channels();
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Masked(
                                Stimulus.ORIGINAL,
                                new Stimulus.Recoloured(Stimulus.ORIGINAL, Colours.scaled(channels, 1, s)),
                                background)),
                background,
                Gauge.rising(PixelMeasure.LUMINANCE));
    }
}
