package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** The points of a path that is known from the start; the last one is the image itself. */
record Waypoints(Subject subject, List<Stimulus> points) {

    /**
     * The target's logit at all points. The gradients at the first {@code gradients} points are left on the device,
     * transformed, each in the slot of its point's number.
     */
    Program<double[]> scores(int gradients, Transform transform) {
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j < points.size(); j++) {
            Subject at = subject.changedTo(points.get(j));
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
}
