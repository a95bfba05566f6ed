package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of {@link BoundaryIg} from the image over the boundary to one other class. */
final class BoundaryWay implements Program<BoundaryWay.End> {

    /** A step goes beyond the linearised boundary by this part of the way, and by this much of a logit. */
    private static final double FURTHER = 0.02;

    private static final double LOGIT = 1e-4;

    private static final int OWN = 0;
    private static final int OTHER = 1;

    private final Subject subject;
    private final int rival;
    private final int mostSteps;
    private final float[] image;
    private float[] point;
    private double lead;
    private int steps;
    private int evaluations;

    BoundaryWay(Subject subject, int rival, int mostSteps) {
        this.subject = subject;
        this.rival = rival;
        this.mostSteps = mostSteps;
        this.image = subject.render(subject.stimulus());
        this.point = image;
    }

    /**
     * Where the way ends.
     *
     * @param lead by how much the target's logit is ahead of the largest other one; not above zero beyond the boundary
     * @param distance Euclidean, from the image
     */
    record End(float[] point, double lead, double distance, int evaluations) {}

    @Override
    public @Nullable Round next(Answers answers) {
        if (answers.answers().isEmpty()) {
            return ask(subject.stimulus());
        }

        float[] logits = answers.get(0).logits();
        lead = Logits.lead(logits, subject.target());
        if (lead <= 0 || steps == mostSteps) {
            return null;
        }

        steps++;
        float[] next = stepped(logits, answers.sum(OWN), answers.sum(OTHER));
        if (next == null) {
            return null;
        }

        point = next;
        return ask(new Stimulus.Pixels(point));
    }

    @Override
    public End result() {
        double squares = 0;
        for (int i = 0; i < point.length; i++) {
            double moved = (double) point[i] - image[i];
            squares += moved * moved;
        }

        return new End(point, lead, Math.sqrt(squares), evaluations);
    }

    private Round ask(Stimulus at) {
        evaluations += 2;
        Subject there = subject.changedTo(at);
        Question own = GradientTerm.ask(there, Contribution.of(OWN, 1));
        Question other = GradientTerm.ask(there.towards(rival), Contribution.of(OTHER, 1));
        return new Round(List.of(own, other), List.of(Fetch.slot(OWN), Fetch.slot(OTHER)));
    }

    /** The next point; none where the two gradients are the same, since no direction leads to the boundary. */
    private float @Nullable [] stepped(float[] logits, float[] own, float[] other) {
        double norm = 0;
        for (int i = 0; i < own.length; i++) {
            double slope = (double) other[i] - own[i];
            norm += slope * slope;
        }

        if (!(norm > 0)) {
            return null;
        }

        double gap = (double) logits[subject.target()] - logits[rival];
        double length = (gap * (1 + FURTHER) + LOGIT) / norm;
        InputSpec input = subject.input();
        float[] next = new float[own.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (point[i] + length * ((double) other[i] - own[i]));
        }

        input.clip(next);
        return next;
    }
}
