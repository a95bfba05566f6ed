package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Stimulus;
import java.util.stream.IntStream;

/**
 * The straight way from a baseline to the image in equal steps: point j is {@code x' + (j / steps)(x − x')}, for j from 0
 * to {@code steps}.
 */
record StraightPath(Subject subject, Stimulus start, int steps) {

    static StraightPath of(Subject subject, Baseline baseline, int steps) {
        return new StraightPath(subject, baseline.of(subject), steps);
    }

    /** Refuses a path without a step. */
    static void check(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is the number of steps of the path, at least 1, not " + steps);
        }
    }

    Difference direction() {
        return new Difference(subject.stimulus(), start);
    }

    /** See {@link Waypoints#scores}. */
    Program<double[]> scores(int gradients, Transform transform) {
        return new Waypoints(
                        subject,
                        IntStream.rangeClosed(0, steps).mapToObj(this::point).toList())
                .scores(gradients, transform);
    }

    /** The ends are the stimuli themselves, so that other methods' probes of them are the same. */
    private Stimulus point(int j) {
        if (j == 0) {
            return start;
        }

        return j == steps ? subject.stimulus() : new Stimulus.Blend(start, subject.stimulus(), (double) j / steps);
    }
}
