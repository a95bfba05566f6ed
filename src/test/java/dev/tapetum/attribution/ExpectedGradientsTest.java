package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpectedGradientsTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final float[] IMAGE = Toys.image(3);
    private static final Baseline BLACK = new Baseline.Black();
    private static final Baseline WHITE = new Baseline.White();

    /** The gradient is w everywhere, so {@code a = w ⊙ (x − mean of the references)}, whatever the draws. */
    @Test
    void aLinearModelGivesTheWeightedDifferenceFromTheMeanReference() {
        LinearModel linear = Toys.linear();
        InputSpec input = Toys.INPUT;
        float[] expected = new float[IMAGE.length];
        double gain = 0;
        for (int i = 0; i < IMAGE.length; i++) {
            double mean = (input.level(0).get(i / 16) + input.level(1).get(i / 16) + 0) / 3;
            expected[i] = (float) (linear.weights()[1][i] * (IMAGE[i] - mean));
            gain += expected[i];
        }

        // Seven samples of three references: the first has three draws, the others two, and all count alike.
        Attributor method = new ExpectedGradients(List.of(BLACK, WHITE, new Baseline.Mean()), 7);
        Attribution attribution = Attributing.attribute(method, linear, IMAGE, 1);

        assertThat(attribution.values().values()).containsExactly(expected, within((float) ROUNDING));
        assertThat(attribution.score() - attribution.baselineScore()).isCloseTo(gain, within(ROUNDING));
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    /**
     * {@code f(x) = max(0, x − 1)} at x = 4. From 0 (black) the slope is 1 where α > ¼. Of ten samples in the tenths
     * of the path seven lie beyond, and the third is as likely beyond as not: 4·7/10 = 2.8 or 4·8/10 = 3.2. From 1
     * (white) the slope is 1 all the way: 3. The mean of both references is 2.9 or 3.1, with the expectation 3 = f(4)
     * and a deviation of 0.1.
     */
    @Test
    void aKinkIsAveragedOverRandomPointsOfThePath() {
        TwoLayerReluModel hinge = Attributing.ofOneNumber(0, new double[] {1}, new double[] {1}, new double[] {-1});
        Attributor method = new ExpectedGradients(List.of(BLACK, WHITE), 20);
        float[] image = {4};
        int runs = 400;
        double mean = 0;
        for (int seed = 0; seed < runs; seed++) {
            Subject subject = Subject.of(image, 0, Toys.card(hinge), seed);
            Attribution attribution = new Scheduler(new HostDevice(hinge), 16)
                    .run(List.of(new Admission<>(image, () -> method.program(subject)))
                            .iterator())
                    .next()
                    .result();
            double value = attribution.values().sum();
            assertThat(Math.abs(value - 3)).isCloseTo(0.1, within(ROUNDING));
            assertThat(attribution.completenessDelta()).isCloseTo(value - 3, within(ROUNDING));
            mean += value / runs;
        }

        assertThat(mean).isCloseTo(3, within(4 * 0.1 / Math.sqrt(runs)));
    }

    /** Uniform noise between 0 and 1 on one pixel: E[x'] = ½ and Var[x'] = 1/12, so the mean of n has deviation 0.29/√n. */
    @Test
    void noiseIsDrawnAnewForEverySample() {
        Tap tap = new Tap("hidden", Tap.Layout.SPATIAL, 1, 1, 1, 0);
        TwoLayerReluModel identity = new TwoLayerReluModel(
                InputSpec.raw(1, 1, 1),
                tap,
                new double[][] {{1}},
                new double[] {0},
                new double[][] {{1}},
                new double[] {0});
        int samples = 1000;

        Outcome<Attribution> outcome = Attributing.outcome(
                new ExpectedGradients(List.of(new Baseline.Noise()), samples), identity, new float[] {1}, 0);

        double four = 4 * 0.29 / Math.sqrt(samples);
        assertThat(outcome.result().values().sum()).isCloseTo(0.5, within(four));
        assertThat(outcome.result().completenessDelta()).isCloseTo(0, within(ROUNDING));
        assertThat(outcome.cost().forwardMade()).isEqualTo(samples + 1);
    }

    /** The paper's own case: references are images, each drawn anew; a linear model is complete for any draws. */
    @Test
    void aSampleIsDrawnAnewForEverySample() {
        Outcome<Attribution> outcome =
                Attributing.outcome(new ExpectedGradients(List.of(new Baseline.Sample()), 60), Toys.linear(), IMAGE, 1);

        assertThat(outcome.result().completenessDelta()).isCloseTo(0, within(ROUNDING));
        // Sixty draws of three images miss one of them once in 10¹⁰ runs.
        assertThat(outcome.cost().forwardMade()).isEqualTo(1 + Attributing.REFERENCES.size());
    }

    @Test
    void itCostsItsSamplesAndTheLogitsOfTheImageAndOfEachReference() {
        Outcome<Attribution> outcome =
                Attributing.outcome(new ExpectedGradients(List.of(BLACK, WHITE), 10), Toys.relu(), IMAGE, 0);

        assertThat(outcome.cost().gradientMade()).isEqualTo(10);
        assertThat(outcome.cost().forwardMade()).isEqualTo(3);
        assertThat(outcome.result().evaluations()).isEqualTo(13);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new ExpectedGradients(List.of(), 5))
                .hasMessage("references needs at least one baseline");
        assertThatThrownBy(() -> new ExpectedGradients(List.of(BLACK, WHITE), 1))
                .hasMessage("samples is at least the number of references, 2, so that each is drawn, not 1");
    }
}
