package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The target's logit at all points. The gradients at the first {@code gradients} points are left on the device,
     * transformed, each in the slot of its point's number.
     */
    Program<double[]> scores(int gradients, Transform transform) {
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j <= steps; j++) {
            Subject at = subject.changedTo(point(j));
            questions.add(
                    j < gradients
                            ? GradientTerm.ask(at, new Contribution(j, 1, null, transform))
                            : Question.of(Probe.logits(at.stimulus())));
        }

        return Program.asking(
                new Round(questions, List.of()),
                answers -> answers.answers().stream()
                        .mapToDouble(answer -> answer.logits()[subject.target()])
                        .toArray());
    }

    /** The ends are the stimuli themselves, so that other methods' probes of them are the same. */
    private Stimulus point(int j) {
        if (j == 0) {
            return start;
        }

        return j == steps ? subject.stimulus() : new Stimulus.Blend(start, subject.stimulus(), (double) j / steps);
    }
}
