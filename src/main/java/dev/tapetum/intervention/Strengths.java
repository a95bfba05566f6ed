package dev.tapetum.intervention;

import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** Evenly spaced strengths from one end to the other, both of them among the steps. */
record Strengths(double from, double to, int steps) {

    private static final int FEWEST = 3;
    private static final int MOST = 1000;

    Strengths {
        if (steps < FEWEST || steps > MOST) {
            throw new IllegalArgumentException(
                    "steps is from " + FEWEST + " (a gradient has two sides) to " + MOST + ", not " + steps);
        }

        if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
            throw new IllegalArgumentException(
                    "from must be less than to, and both finite, not " + from + " and " + to);
        }
    }

    /** Also refuses ends outside of what the editor can do. */
    Strengths within(double least, double most) {
        if (from < least || to > most) {
            throw new IllegalArgumentException(
                    "from and to lie between " + least + " and " + most + ", not at " + from + " and " + to);
        }

        return this;
    }

    double at(int step) {
        return from + (to - from) * step / (steps - 1);
    }

    /** One edit per strength. */
    List<Edit> edits(DoubleFunction<Stimulus> stimulus) {
        return IntStream.range(0, steps)
                .mapToObj(step -> new Edit(at(step), stimulus.apply(at(step))))
                .toList();
    }
}
