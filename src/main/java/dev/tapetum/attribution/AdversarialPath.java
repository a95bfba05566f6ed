package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of {@link Agi} from the image into one false class. */
final class AdversarialPath implements Program<AdversarialPath.Way> {

    private static final int TRUE = 0;
    private static final int FALSE = 1;

    private final Agi method;
    private final Subject subject;
    private final int rival;
    private final double[] values;
    private float[] point;
    private int steps;
    private int evaluations;

    AdversarialPath(Agi method, Subject subject, int rival) {
        this.method = method;
        this.subject = subject;
        this.rival = rival;
        this.values = new double[subject.input().size()];
        this.point = subject.render(subject.stimulus());
    }

    /** @param values {@code Σ_t −∇p_c(z_t) ⊙ δ_t} */
    record Way(double[] values, int evaluations) {}

    @Override
    public @Nullable Round next(Answers answers) {
        if (answers.answers().isEmpty()) {
            return ask(subject.stimulus());
        }

        if (answers.get(TRUE).predicted() == rival) {
            return null;
        }

        step(answers.sum(TRUE), answers.sum(FALSE));
        steps++;
        return steps == method.steps() ? null : ask(new Stimulus.Pixels(point));
    }

    @Override
    public Way result() {
        return new Way(values, evaluations);
    }

    private Round ask(Stimulus at) {
        evaluations += 2;
        return new Round(
                List.of(gradient(at, subject.target(), TRUE), gradient(at, rival, FALSE)),
                List.of(Fetch.slot(TRUE), Fetch.slot(FALSE)));
    }

    private static Question gradient(Stimulus at, int of, int slot) {
        return new Question(Probe.probabilityGradient(at, of), null, List.of(Contribution.of(slot, 1)));
    }

    private void step(float[] ofTrue, float[] ofFalse) {
        InputSpec input = subject.input();
        float[] next = new float[point.length];
        for (int i = 0; i < next.length; i++) {
            double blackToWhite = 1 / input.std().get(i / input.pixels());
            next[i] = (float) (point[i] + method.epsilon() * blackToWhite * Math.signum(ofFalse[i]));
        }

        input.clip(next);
        for (int i = 0; i < next.length; i++) {
            values[i] -= (double) ofTrue[i] * ((double) next[i] - point[i]);
        }

        point = next;
    }
}
