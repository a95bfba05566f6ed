package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import java.util.List;
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

        float[] values = Attributing.values(straight(3), linear, IMAGE, 1);

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

        Attribution attribution = Attributing.attribute(straight(2), model, new float[] {2, 1}, 0);

        assertThat(attribution.values().values()).containsExactly(new float[] {3.15f, 0.35f}, within(1e-6f));
        assertThat(attribution.score()).isEqualTo(6);
        assertThat(attribution.completenessDelta()).isCloseTo(-2.5, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13})
    void itIsCompleteForAnyNumberOfSteps(int steps) {
        Outcome<Attribution> outcome = Attributing.outcome(straight(steps), Toys.relu(), IMAGE, 2);

        assertThat(outcome.result().score() - outcome.result().baselineScore()).isNotZero();
        assertThat(outcome.result().completenessDelta()).isCloseTo(0, within(ROUNDING));
        assertThat(outcome.cost().gradientMade()).isEqualTo(steps);
        assertThat(outcome.cost().forwardMade()).isEqualTo(1);
    }

    /** Every step has the gradient w, whatever the points, and the gains add up. */
    @Test
    void everyPathOfALinearModelHasTheSameShares() {
        LinearModel linear = Toys.linear();
        double norm = 0;
        for (double w : linear.weights()[1]) {
            norm += w * w;
        }

        for (GradientPath path : List.of(new GradientPath.Blur(3, 4), new GradientPath.Guided(BLACK, 4, 0.25, 0.1))) {
            Attribution attribution = Attributing.attribute(new Idgi(path), linear, IMAGE, 1);
            double gain = attribution.score() - attribution.baselineScore();
            for (int i = 0; i < IMAGE.length; i++) {
                double expected = Math.pow(linear.weights()[1][i], 2) / norm * gain;
                assertThat((double) attribution.values().values()[i]).isCloseTo(expected, within(ROUNDING));
            }

            assertThat(attribution.evaluations()).isEqualTo(5);
        }
    }

    /**
     * {@code F = max(0, x₁ + 2x₂ + 1) + 4 max(0, x₁ + x₂ − ½)} as in {@link GuidedIgTest}: from (0, 0), where the gradient is
     * (1, 2) and F = 1, x₁ goes first, to (1, 0), where it is (5, 6) and F = 4, and then x₂ to F = 10. The gain of 3 is shared
     * 1 : 4 and that of 6 is shared 25 : 36.
     */
    @Test
    void theGuidedPathIsThatOfGuidedIg() {
        TwoLayerReluModel model =
                Attributing.ofTwoNumbers(new double[] {1, 4}, new double[][] {{1, 2}, {1, 1}}, new double[] {1, -0.5});

        Attribution attribution = Attributing.attribute(
                new Idgi(new GradientPath.Guided(BLACK, 2, 0.25, 1)), model, new float[] {1, 1}, 0);

        assertThat(attribution.values().values())
                .containsExactly(
                        new float[] {3 / 5f + 6 * 25 / 61f, 3 * 4 / 5f + 6 * 36 / 61f}, within((float) ROUNDING));
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    /** The points are those of blur-ig's own steps, so both methods ask for the same gradients but the last. */
    @Test
    void theBlurPathIsThatOfBlurIg() {
        float[] image = Toys.image(2);
        Subject subject = Subject.of(image, 0, Toys.card(Toys.relu()), 1);
        Program<List<Attribution>> both = Program.all(
                List.of(new Idgi(new GradientPath.Blur(4, 8)).program(subject), new BlurIg(4, 8, 0).program(subject)));

        Outcome<List<Attribution>> outcome = new Scheduler(new HostDevice(Toys.relu()), 16)
                .run(List.of(new Admission<>(image, () -> both)).iterator())
                .next();

        assertThat(outcome.cost().gradientMade()).isEqualTo(9);
        assertThat(outcome.cost().forwardMade()).isZero();
        assertThat(outcome.result().get(0).completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    private static Idgi straight(int steps) {
        return new Idgi(new GradientPath.Straight(BLACK, steps));
    }

    @Test
    void aPathWithoutAStepIsRefused() {
        assertThatThrownBy(() -> straight(0)).hasMessage("steps is the number of steps of the path, at least 1, not 0");
    }
}
