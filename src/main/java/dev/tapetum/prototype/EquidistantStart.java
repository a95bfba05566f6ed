package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Softmax;
import dev.tapetum.spec.SplitMix64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an image of which the model thinks nothing: from noise between 0.4 and 0.6 it descends with {@link Adam} on the variance
 * over classes of the softmax probabilities, cutting values off at black and white, and keeps the best image.
 *
 * <ul>
 *   <li>It descends on C² times the variance, which differs by no more than a factor: with a thousand classes the variance's own
 *       gradient is smaller than Adam's ε.
 *   <li>A step that makes the variance larger is taken back, and Adam starts afresh from the best image at half the rate. For where
 *       a step is long enough to turn certainty of one class into certainty of another, the variance is as large as before and its
 *       gradient vanishes, while Adam remembers larger ones and goes on as slowly as not at all.
 * </ul>
 */
final class EquidistantStart implements Program<EquidistantStart.Start> {

    private static final int SLOT = 0;
    private static final double DARKEST = 0.4;
    private static final double BRIGHTEST = 0.6;

    private final UnitScale scale;
    private final StepScale stepScale;
    private final int mostSteps;
    private final double classesSquared;
    private final double smallEnough;
    private double rate;
    private Adam adam;
    private double[] image;
    private double[] gradient;
    private int steps;
    private Start best;

    /**
     * A start that is to be looked for.
     *
     * @param tolerance standard deviation of the probabilities that is small enough, as a share of 1/C
     * @param rate of the first steps
     */
    EquidistantStart(
            InputSpec input,
            int classes,
            int mostSteps,
            double tolerance,
            double rate,
            StepScale stepScale,
            long seed) {
        this.scale = new UnitScale(input);
        this.stepScale = stepScale;
        this.mostSteps = mostSteps;
        this.classesSquared = (double) classes * classes;
        this.smallEnough = tolerance * tolerance / classesSquared;
        this.rate = rate;
        this.adam = new Adam(input.size(), rate, stepScale);
        this.image = noise(input, seed);
        this.gradient = new double[image.length];
        this.best = new Start(image.clone(), Double.POSITIVE_INFINITY);
    }

    /**
     * The best image.
     *
     * @param variance of the softmax probabilities of the image
     */
    record Start(double[] image, double variance) {}

    @Override
    public @Nullable Round next(Answers answers) {
        if (!answers.answers().isEmpty()) {
            take(Softmax.of(answers.get(0).logits()).variance(), answers.sum(SLOT));
            if (best.variance <= smallEnough || steps == mostSteps) {
                return null;
            }

            adam.step(image, gradient);
            Form.PIXELS.confine(image);
            steps++;
        }

        Question spread = new Question(
                Probe.spreadGradient(scale.stimulus(image)), null, List.of(Contribution.of(SLOT, classesSquared)));
        return new Round(List.of(spread), List.of(Fetch.slot(SLOT)));
    }

    @Override
    public Start result() {
        return best;
    }

    private void take(double variance, float[] ofInput) {
        if (variance < best.variance) {
            best = new Start(image.clone(), variance);
            gradient = scale.gradient(ofInput);
            return;
        }

        rate /= 2;
        adam = new Adam(image.length, rate, stepScale);
        image = best.image.clone();
    }

    static double[] noise(InputSpec input, long seed) {
        SplitMix64 random = new SplitMix64(Seeds.of(seed, "start", 0));
        double[] noise = new double[input.size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.between(DARKEST, BRIGHTEST);
        }

        return noise;
    }
}
