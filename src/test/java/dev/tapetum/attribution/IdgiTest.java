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

final class IdgiTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final Baseline BLACK = new Baseline.Black();
    private static final float[] IMAGE = Toys.image(3);

    /** Every step has the gradient w, so {@code a = w² / ‖w‖² · (F(x) − F(x'))}. */
    @Test
    void aLinearModelSharesItsGainByTheSquaredWeights() {
        LinearModel linear = Toys.linear();
        double norm = 0;
        double gain = 0;
        for (int i = 0; i < IMAGE.length; i++) {
            double w = linear.weights()[1][i];
            norm += w * w;
            gain += w * (IMAGE[i] - Toys.INPUT.level(0).get(i / 16));
        }

        float[] values = Attributing.values(new Idgi(BLACK, 3), linear, IMAGE, 1);

        for (int i = 0; i < values.length; i++) {
            double expected = Math.pow(linear.weights()[1][i], 2) / norm * gain;
            assertThat((double) values[i]).isCloseTo(expected, within(ROUNDING));
        }
    }

    /**
     * {@code F = max(0, x₁ + x₂ − 1) + 2 max(0, x₁)} from (0, 0) to (2, 1) in two steps. At (0, 0) no unit is on: the
     * gradient is 0 and the gain of 2.5 up to (1, ½) is lost. There the gradient is (3, 1) and the gain up to F = 6 is 3.5:
     * shares of 9/10 and 1/10.
     */
    @Test
    void aStepWithoutAGradientGivesNothing() {
        TwoLayerReluModel model =
                Attributing.ofTwoNumbers(new double[] {1, 2}, new double[][] {{1, 1}, {1, 0}}, new double[] {-1, 0});

        Attribution attribution = Attributing.attribute(new Idgi(BLACK, 2), model, new float[] {2, 1}, 0);

        assertThat(attribution.values().values()).containsExactly(new float[] {3.15f, 0.35f}, within(1e-6f));
        assertThat(attribution.score()).isEqualTo(6);
        assertThat(attribution.completenessDelta()).isCloseTo(-2.5, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13})
    void itIsCompleteForAnyNumberOfSteps(int steps) {
        Outcome<Attribution> outcome = Attributing.outcome(new Idgi(BLACK, steps), Toys.relu(), IMAGE, 2);

        assertThat(outcome.result().score() - outcome.result().baselineScore()).isNotZero();
        assertThat(outcome.result().completenessDelta()).isCloseTo(0, within(ROUNDING));
        assertThat(outcome.cost().gradientMade()).isEqualTo(steps);
        assertThat(outcome.cost().forwardMade()).isEqualTo(1);
    }

    @Test
    void aPathWithoutAStepIsRefused() {
        assertThatThrownBy(() -> new Idgi(BLACK, 0))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
    }
}
