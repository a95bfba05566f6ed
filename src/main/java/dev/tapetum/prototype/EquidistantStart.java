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
 * Looks for an image of which the model thinks nothing: from noise between 0.4 and 0.6 it descends on the variance over classes of
 * the softmax probabilities, cutting values off at black and white, and keeps the best image.
 *
 * <p>It descends on C² times the variance, which differs by no more than a factor: with a thousand classes the variance's own
 * gradient is smaller than Adam's ε.
 */
final class EquidistantStart implements Program<EquidistantStart.Start> {

    private static final int SLOT = 0;
    private static final double DARKEST = 0.4;
    private static final double BRIGHTEST = 0.6;

    private final UnitScale scale;
    private final int mostSteps;
    private final double tolerance;
    private final double classesSquared;
    private final double[] image;
    private final Adam adam;
    private int steps;
    private Start best;

    /** @param adam has made no step yet */
    EquidistantStart(InputSpec input, int classes, int mostSteps, double tolerance, Adam adam, long seed) {
        this.scale = new UnitScale(input);
        this.mostSteps = mostSteps;
        this.tolerance = tolerance;
        this.classesSquared = (double) classes * classes;
        this.image = noise(input, seed);
        this.adam = adam;
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
            double variance = Softmax.of(answers.get(0).logits()).variance();
            if (variance < best.variance) {
                best = new Start(image.clone(), variance);
            }

            if (best.variance <= tolerance || steps == mostSteps) {
                return null;
            }

            adam.step(image, scale.gradient(answers.sum(SLOT)));
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

    static double[] noise(InputSpec input, long seed) {
        SplitMix64 random = new SplitMix64(Seeds.of(seed, "start", 0));
        double[] noise = new double[input.size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.between(DARKEST, BRIGHTEST);
        }

        return noise;
    }
}
