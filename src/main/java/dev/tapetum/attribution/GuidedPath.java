package dev.tapetum.attribution;

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

/** The path of {@link GuidedIg}: one gradient, and then the next point. */
final class GuidedPath implements Program<Attribution> {

    /** Share of the whole distance that counts as nothing. */
    private static final double CLOSE = 1e-9;

    private final GuidedIg method;
    private final Subject subject;
    private final Stimulus startStimulus;
    private final float[] start;
    private final float[] end;
    private final double[] progress;
    private final double[] values;
    private final double whole;
    private int steps;
    private double score;
    private double baselineScore;

    GuidedPath(GuidedIg method, Subject subject) {
        this.method = method;
        this.subject = subject;
        this.startStimulus = method.baseline().of(subject);
        this.start = subject.render(startStimulus);
        this.end = subject.render(subject.stimulus());
        this.progress = new double[end.length];
        this.values = new double[end.length];
        this.whole = distance();
    }

    @Override
    public @Nullable Round next(Answers answers) {
        if (answers.answers().isEmpty()) {
            return new Round(
                    List.of(gradient(startStimulus), Question.of(Probe.logits(subject.stimulus()))),
                    List.of(Fetch.slot(0)));
        }

        if (steps == 0) {
            baselineScore = answers.get(0).logits()[subject.target()];
            score = answers.get(1).logits()[subject.target()];
        }

        move(answers.sum(0));
        steps++;
        return steps == method.steps()
                ? null
                : new Round(List.of(gradient(new Stimulus.Pixels(point()))), List.of(Fetch.slot(0)));
    }

    @Override
    public Attribution result() {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }

        return Attribution.complete(score, baselineScore, steps + 1, PixelValues.ofInput(subject.input(), rounded));
    }

    private Question gradient(Stimulus at) {
        return GradientTerm.ask(subject.changedTo(at), Contribution.of(0, 1));
    }

    private float[] point() {
        float[] point = new float[start.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = progress[i] == 1 ? end[i] : (float) (start[i] + progress[i] * way(i));
        }

        return point;
    }

    private void move(float[] gradient) {
        double straight = (steps + 1.0) / method.steps();
        double lowest = Math.max(straight - method.maxDistance(), 0);
        double highest = Math.min(straight + method.maxDistance(), 1);
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

        return smallest(sizes, (int) (method.fraction() * (sizes.length - 1)));
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
