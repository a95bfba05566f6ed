package dev.tapetum.intervention;

import dev.tapetum.image.corruption.JpegCompression;
import dev.tapetum.probe.Stimulus;

/**
 * The image as a JPEG file keeps it; the strength is 100 less the file's quality.
 *
 * @param from at least 0, the best quality
 * @param to at most 99, the worst
 */
public record Jpeg(double from, double to, int steps) implements Editor {

    private static final int BEST = 100;

    public Jpeg {
        new Strengths(from, to, steps).within(0, BEST - 1);
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return new EditSequence(
                new Strengths(from, to, steps)
                        .edits(s -> new Stimulus.Edited(
                                Stimulus.ORIGINAL, new JpegCompression((int) Math.round(BEST - s)))),
                null,
                null);
    }
}
