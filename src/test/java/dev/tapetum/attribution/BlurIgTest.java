package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Stimulus;
import org.junit.jupiter.api.Test;

final class BlurIgTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final float[] IMAGE = Toys.image(3);

    /** Steps along the path add up to {@code w ⊙ (x − x_σ)}. */
    @Test
    void aLinearModelGivesTheWeightedDifferenceFromTheBlur() {
        LinearModel linear = Toys.linear();
        float[] blurred = new Stimulus.Blurred(Stimulus.ORIGINAL, 3).render(IMAGE, Toys.INPUT);

        Attribution attribution = Attributing.attribute(new BlurIg(3, 7, 0), linear, IMAGE, 1);

        for (int i = 0; i < IMAGE.length; i++) {
            assertThat((double) attribution.values().values()[i])
                    .isCloseTo(linear.weights()[1][i] * (IMAGE[i] - blurred[i]), within(ROUNDING));
        }

        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    /** With a δ, {@code a = w ⊙ Δσ Σ_i (x_{σ_i} − x_{σ_i+δ})/δ}, where the first of the sum is zero: x_{0.01} is x. */
    @Test
    void aDerivativeWithRespectToSigmaSeesNothingInTheFirstStep() {
        LinearModel linear = Toys.linear();
        float[] at = new Stimulus.Blurred(Stimulus.ORIGINAL, 1.5).render(IMAGE, Toys.INPUT);
        float[] beyond = new Stimulus.Blurred(Stimulus.ORIGINAL, 1.51).render(IMAGE, Toys.INPUT);

        float[] values = Attributing.values(new BlurIg(3, 2, 0.01), linear, IMAGE, 1);

        for (int i = 0; i < IMAGE.length; i++) {
            double expected = linear.weights()[1][i] * 1.5 * ((double) at[i] - beyond[i]) / 0.01;
            // The difference of two blurs is rounded to 1e-7, and then divided by δ.
            assertThat((double) values[i]).isCloseTo(expected, within(1e-7 / 0.01 * 1.5));
        }

        assertThat(Attributing.values(new BlurIg(3, 1, 0.01), linear, IMAGE, 1)).containsOnly(0);
    }

    /**
     * A row of two pixels under a blur much wider than itself becomes its mean: (3, 1) becomes (2, 2). {@code F = max(0, x₁ −
     * x₂ − 1)} has the gradient (1, −1) at the image and 0 at the blur: one step gives ½·(1·(3 − 2), −1·(1 − 2)) = (½, ½),
     * the gain from 0 to 1.
     */
    @Test
    void oneStepFromTheMeanByHand() {
        TwoLayerReluModel contrast =
                Attributing.ofTwoNumbers(new double[] {1}, new double[][] {{1, -1}}, new double[] {-1});

        Attribution attribution = Attributing.attribute(new BlurIg(50, 1, 0), contrast, new float[] {3, 1}, 0);

        assertThat(attribution.values().values()).containsExactly(new float[] {0.5f, 0.5f}, within(1e-4f));
        assertThat(attribution.score()).isEqualTo(1);
        assertThat(attribution.baselineScore()).isZero();
    }

    /** The gradient of a quadratic model is linear between two points, so the trapezoid is its integral. */
    @Test
    void theOwnStepsOfAQuadraticModelAreComplete() {
        Attribution attribution = Attributing.attribute(new BlurIg(3, 2, 0), Toys.quadratic(), IMAGE, 0);

        assertThat(attribution.score() - attribution.baselineScore()).isNotZero();
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void itCostsAGradientPerStepAndTheLogitsOfTheBlur() {
        Outcome<Attribution> outcome = Attributing.outcome(new BlurIg(3, 10, 0.01), Toys.relu(), IMAGE, 0);

        assertThat(outcome.cost().gradientMade()).isEqualTo(10);
        assertThat(outcome.cost().forwardMade()).isEqualTo(1); // those of the image came with its gradient
        assertThat(outcome.result().evaluations()).isEqualTo(12);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new BlurIg(0, 5, 0.01)).hasMessage("sigma is in pixels and above zero, not 0.0");
        assertThatThrownBy(() -> new BlurIg(1, 0, 0.01))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
        assertThatThrownBy(() -> new BlurIg(1, 5, -1))
                .hasMessage("delta is in pixels, or 0 for the steps of the path themselves, not -1.0");
    }
}
