package dev.tapetum.attribution;

import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of {@link GradientPath.Guided}: one gradient, and then the next point. */
final class GuidedPath implements Program<GuidedPath.Way> {

    /** Share of the whole distance that counts as nothing. */
    private static final double CLOSE = 1e-9;

    private final GradientPath.Guided path;
    private final Subject subject;
    private final Stimulus startStimulus;
    private final float[] start;
    private final float[] end;
    private final double[] progress;
    private final double[] values;
    private final double whole;
    private final double[] scores;
    private final @Nullable Transform kept;
    private int steps;

    /** @param kept how the gradients are left on the device, point j's in slot j; null to leave none */
    GuidedPath(GradientPath.Guided path, Subject subject, @Nullable Transform kept) {
        this.path = path;
        this.kept = kept;
        this.scores = new double[path.steps() + 1];
        this.subject = subject;
        this.startStimulus = path.baseline().of(subject);
        this.start = subject.render(startStimulus);
        this.end = subject.render(subject.stimulus());
        this.progress = new double[end.length];
        this.values = new double[end.length];
        this.whole = distance();
    }

    /**
     * What came of the walk.
     *
     * @param values the gradient at each step's start, times the step
     * @param scores the target's logit at all points
     */
    record Way(float[] values, double[] scores) {}

    @Override
    public @Nullable Round next(Answers answers) {
        if (answers.answers().isEmpty()) {
            return new Round(
                    List.of(gradient(startStimulus), Question.of(Probe.logits(subject.stimulus()))),
                    List.of(Fetch.slot(fetched())));
        }

        if (steps == 0) {
            scores[path.steps()] = answers.get(1).logits()[subject.target()];
        }

        scores[steps] = answers.get(0).logits()[subject.target()];
        move(answers.sum(0));
        steps++;
        return steps == path.steps()
                ? null
                : new Round(List.of(gradient(new Stimulus.Pixels(point()))), List.of(Fetch.slot(fetched())));
    }

    @Override
    public Way result() {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }

        return new Way(rounded, scores);
    }

    /** The slot of the gradient that chooses the next point, behind those that are kept. */
    private int fetched() {
        return path.steps();
    }

    private Question gradient(Stimulus at) {
        Contribution fetched = Contribution.of(fetched(), 1);
        return kept == null
                ? GradientTerm.ask(subject.changedTo(at), fetched)
                : GradientTerm.ask(subject.changedTo(at), fetched, new Contribution(steps, 1, null, kept));
    }

    private float[] point() {
        float[] point = new float[start.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = progress[i] == 1 ? end[i] : (float) (start[i] + progress[i] * way(i));
        }

        return point;
    }

    private void move(float[] gradient) {
        double straight = (steps + 1.0) / path.steps();
        double lowest = Math.max(straight - path.maxDistance(), 0);
        double highest = Math.min(straight + path.maxDistance(), 1);
        for (int i = 0; i < progress.length; i++) {
            if (progress[i] < lowest) {
                move(i, lowest, gradient);
            }
        }

        double share;
        do {
            double missing = distance() - (1 - straight) * whole;
            if (!(missing > CLOSE * whole)) {
                return;
            }

            float largest = largestThatMoves(gradient, highest);
            double room = 0;
            for (int i = 0; i < progress.length; i++) {
                room += moves(i, gradient, largest, highest) ? Math.abs(way(i)) * (highest - progress[i]) : 0;
            }

            if (!(room > 0)) { // every gradient that is left is NaN
                return;
            }

            share = missing / room;
            for (int i = 0; i < progress.length; i++) {
                if (moves(i, gradient, largest, highest)) {
                    move(i, share >= 1 ? highest : progress[i] + share * (highest - progress[i]), gradient);
                }
            }
        } while (share > 1);
    }

    private boolean moves(int i, float[] gradient, float largest, double highest) {
        return canMove(i, highest) && Math.abs(gradient[i]) <= largest;
    }

    private boolean canMove(int i, double highest) {
        return progress[i] < highest && start[i] != end[i];
    }

    private void move(int i, double to, float[] gradient) {
        values[i] += way(i) * (to - progress[i]) * gradient[i];
        progress[i] = to;
    }

    private double way(int i) {
        return (double) end[i] - start[i];
    }

    private double distance() {
        double distance = 0;
        for (int i = 0; i < progress.length; i++) {
            distance += Math.abs(way(i)) * (1 - progress[i]);
        }

        return distance;
    }

    /** The {@code |gradient|} up to which values move: the fraction is one of all values, also of those that cannot. */
    private float largestThatMoves(float[] gradient, double highest) {
        float[] sizes = new float[gradient.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = canMove(i, highest) ? Math.abs(gradient[i]) : Float.POSITIVE_INFINITY;
        }

        return smallest(sizes, (int) (path.fraction() * (sizes.length - 1)));
    }

    /** The value at {@code rank} if the array were sorted (Hoare's selection); reorders the array. */
    private static float smallest(float[] values, int rank) {
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }

                while (values[j] > pivot) {
                    j--;
                }

                if (i <= j) {
                    float swapped = values[i];
                    values[i++] = values[j];
                    values[j--] = swapped;
                }
            }

            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                return values[rank];
            }
        }

        return values[rank];
    }
}
