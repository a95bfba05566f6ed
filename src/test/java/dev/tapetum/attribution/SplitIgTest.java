package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitIgTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final Baseline BLACK = new Baseline.Black();

    /** On a line the gain at α is α of the whole: the first of the nodes ¼, ½, ¾, 1 that exceeds 0.6 is ¾. */
    @Test
    void aLinearModelGivesTheWeightedDifferenceUpToTheSplit() {
        LinearModel linear = Toys.linear();
        float[] image = Toys.image(3);
        float[] whole = Attributing.values(new SplitIg(BLACK, 4, 1), linear, image, 0);
        float[] split = Attributing.values(new SplitIg(BLACK, 4, 0.6), linear, image, 0);
        double gain = 0;
        for (int i = 0; i < image.length; i++) {
            double expected =
                    linear.weights()[0][i] * (image[i] - Toys.INPUT.level(0).get(i / 16));
            assertThat((double) whole[i]).isCloseTo(expected, within(ROUNDING));
            assertThat((double) split[i]).isCloseTo(0.75 * expected, within(ROUNDING));
            gain += expected;
        }

        assertThat(gain).as("the image is one that gains").isPositive();
    }

    /**
     * {@code f(x) = max(0, x + 1) − 2 max(0, x − 1)} rises with slope 1 up to x = 1 and falls with slope 1 from there. From 0
     * to 2 in four steps it is 1, 1.5, 2, 1.5, 1, and gains most at α = ½: a = 2·(½ + 1 + ½)/4 = 1. The slope at the kink is
     * the one to its left. The constant changes nothing.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, -10})
    void whatComesAfterTheLargestGainDoesNotCount(double constant) {
        TwoLayerReluModel tent =
                Attributing.ofOneNumber(constant, new double[] {1, -2}, new double[] {1, 1}, new double[] {1, -1});

        Attribution attribution = Attributing.attribute(new SplitIg(BLACK, 4, 0.9), tent, new float[] {2}, 0);

        assertThat(attribution.values().values()).containsExactly(1);
        assertThat(attribution.score()).isEqualTo(constant + 1);
        assertThat(attribution.baselineScore()).isEqualTo(constant + 1);
        assertThat(attribution.completenessDelta()).isZero();
    }

    @Test
    void aPathThatOnlyLosesIsUsedAsAWhole() {
        TwoLayerReluModel falling = Attributing.ofOneNumber(5, new double[] {-1}, new double[] {1}, new double[] {1});

        assertThat(Attributing.values(new SplitIg(BLACK, 4, 0.9), falling, new float[] {2}, 0))
                .containsExactly(-2);
    }

    @Test
    void itCostsTheGradientsOfAllNodesAndNothingElse() {
        Outcome<Attribution> outcome = Attributing.outcome(new SplitIg(BLACK, 12, 0.9), Toys.relu(), Toys.image(2), 0);

        assertThat(outcome.cost().gradientMade()).isEqualTo(13);
        assertThat(outcome.cost().forwardMade()).isZero();
        assertThat(outcome.result().evaluations()).isEqualTo(13);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new SplitIg(BLACK, 0, 0.9))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
        assertThatThrownBy(() -> new SplitIg(BLACK, 5, 1.5))
                .hasMessage("threshold is a share of the largest gain, above 0 up to 1, not 1.5");
    }
}
