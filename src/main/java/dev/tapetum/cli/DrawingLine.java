package dev.tapetum.cli;

import java.util.Locale;

/**
 * How far the drawing of prototypes has come, in one line.
 *
 * @param done drawings that are finished
 * @param drawings all of them
 * @param rate drawings per second
 * @param evaluations of the model per second
 */
record DrawingLine(long done, long drawings, double rate, double evaluations) {

    /** A task that ran twice has counted twice; nothing is done more than wholly. */
    DrawingLine {
        done = Math.min(done, drawings);
    }

    /** The line, such as {@code 12 of 80 drawings  15%  0.35 drawings/s  412 evaluations/s  3 min 14 s left}. */
    String text() {
        String text = String.format(
                Locale.ROOT,
                "%,d of %,d drawings  %d%%  %s drawings/s  %s evaluations/s",
                done,
                drawings,
                drawings == 0 ? 100 : done * 100 / drawings,
                ProgressLine.rate(rate),
                ProgressLine.rate(evaluations));
        return rate > 0 && done < drawings
                ? text + "  " + ProgressLine.duration((drawings - done) / rate) + " left"
                : text;
    }
}
