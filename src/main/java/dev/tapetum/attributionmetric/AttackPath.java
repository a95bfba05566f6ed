package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import org.jspecify.annotations.Nullable;

/** One restart of an attack: asks for the map at a point and for the direction away from it, in turn. */
final class AttackPath implements Program<AttackPath.Found> {

    private final Attack attack;
    private final Subject subject;
    private final AttackedMap map;
    private final Criterion criterion;
    private final AttackedMap.At own;
    private final InputSpec input;
    private Stimulus point;
    private AttackedMap.@Nullable At at;
    private float[] slopes = new float[0];
    private int steps;
    private Found found;

    AttackPath(
            Attack attack, Subject subject, AttackedMap map, Criterion criterion, AttackedMap.At own, Stimulus start) {
        this.attack = attack;
        this.subject = subject;
        this.map = map;
        this.criterion = criterion;
        this.own = own;
        this.input = subject.model().input();
        this.point = start;
        this.found = new Found(own.stimulus(), criterion.value(own.sizes(input)));
    }

    /** The best point whose prediction is the image's: the image itself if no other is better. */
    record Found(Stimulus stimulus, double value) {}

    @Override
    public @Nullable Round next(Answers answers) {
        if (answers.answers().isEmpty()) {
            return map.ask(subject, point);
        }

        if (at == null) {
            AttackedMap.At reached = map.read(subject, point, answers);
            consider(reached);
            if (steps == attack.iterations()) {
                return null;
            }

            at = reached;
            slopes = AttackedMap.pulledBack(reached, criterion.slopes(reached.sizes(input)));
            return map.askDirection(subject, reached, slopes);
        }

        point = new Stimulus.Pixels(stepped(at.pixels(), map.direction(at, slopes, answers)));
        steps++;
        at = null;
        return map.ask(subject, point);
    }

    @Override
    public Found result() {
        return found;
    }

    private void consider(AttackedMap.At reached) {
        double value = criterion.value(reached.sizes(input));
        if (reached.predicted() == own.predicted() && value < found.value()) {
            found = new Found(reached.stimulus(), value);
        }
    }

    /** {@code clip(x + clip_ε(x_t − step · sign(direction) − x))}, with step and ε in the units of each channel. */
    private float[] stepped(float[] from, float[] direction) {
        float[] next = new float[from.length];
        for (int i = 0; i < next.length; i++) {
            int c = i / input.pixels();
            float centre = own.pixels()[i];
            double box = attack.epsilon() / input.std().get(c);
            double moved = from[i] - attack.step() / input.std().get(c) * Math.signum(direction[i]);
            next[i] = (float) Math.min(Math.max(moved, centre - box), centre + box);
        }

        input.clip(next);
        return next;
    }
}
