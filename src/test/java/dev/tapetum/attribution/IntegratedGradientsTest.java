package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.QuadraticModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntegratedGradientsTest {

    /** Values of size one in float32, from a rule that is exact. */
    private static final double ROUNDING = 1e-5;

    private static final float[] IMAGE = Toys.image(3);

    static Stream<IntegratedGradients> fixedAndRefined() {
        return Stream.of(fixed(new Baseline.Black(), 5), refined(new Baseline.Black(), 200));
    }

    static Stream<Baseline> baselines() {
        return Stream.of(
                new Baseline.Black(),
                new Baseline.White(),
                new Baseline.Mean(),
                new Baseline.Blur(1.5),
                new Baseline.Noise());
    }

    /** The gradient is w everywhere, so {@code a = (x − x') ⊙ w}. */
    @ParameterizedTest
    @MethodSource("baselines")
    void aLinearModelGivesTheWeightedDifference(Baseline baseline) {
        LinearModel linear = Toys.linear();
        float[] start = start(baseline);
        double gain = 0;
        float[] expected = new float[IMAGE.length];
        for (int i = 0; i < IMAGE.length; i++) {
            expected[i] = (float) (linear.weights()[1][i] * (IMAGE[i] - start[i]));
            gain += expected[i];
        }

        for (IntegratedGradients method : new IntegratedGradients[] {fixed(baseline, 3), refined(baseline, 17)}) {
            Attribution attribution = Attributing.attribute(method, linear, IMAGE, 1);
            assertThat(attribution.values().values()).containsExactly(expected, within((float) ROUNDING));
            assertThat(attribution.score() - attribution.baselineScore()).isCloseTo(gain, within(ROUNDING));
            assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
        }
    }

    /**
     * The gradient of {@code F = ½ xᵀAx + wᵀx} is {@code Ax + w}, linear along the path, so its mean is its value in the
     * middle: {@code a = (x − x') ⊙ (A (x + x')/2 + w)}. Trapezoid and Gauss–Legendre are both exact for it.
     */
    @ParameterizedTest
    @MethodSource("fixedAndRefined")
    void aQuadraticModelGivesTheGradientInTheMiddle(IntegratedGradients method) {
        QuadraticModel quadratic = Toys.quadratic();
        float[] start = start(method.baseline());
        float[] expected = new float[IMAGE.length];
        for (int i = 0; i < IMAGE.length; i++) {
            double gradient = quadratic.weights()[2][i];
            for (int j = 0; j < IMAGE.length; j++) {
                gradient += quadratic.curvature()[2][i][j] * (IMAGE[j] + start[j]) / 2;
            }

            expected[i] = (float) ((IMAGE[i] - start[i]) * gradient);
        }

        Attribution attribution = Attributing.attribute(method, quadratic, IMAGE, 2);

        assertThat(attribution.values().values()).containsExactly(expected, within((float) ROUNDING));
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    /**
     * The example of section 2 of the paper: {@code f(x) = 1 − max(0, 1 − x)} rises from 0 to 1 and is flat from there,
     * so that at x = 2 the gradient is 0, although the whole gain is due to x.
     */
    @Test
    void aSaturatedModelIsStillExplained() {
        TwoLayerReluModel saturated =
                Attributing.ofOneNumber(1, new double[] {-1}, new double[] {-1}, new double[] {1});

        // The nodes of an even rule lie symmetrically about the kink at ½, so half of the weights see the slope of 2.
        assertThat(Attributing.values(fixed(new Baseline.Black(), 50), saturated, new float[] {2}, 0)[0])
                .isCloseTo(1, within(1e-6f));

        Attribution refined = Attributing.attribute(refined(new Baseline.Black(), 200), saturated, new float[] {2}, 0);
        assertThat(refined.values().values()[0]).isCloseTo(1, within(0.01f));
        assertThat(refined.score()).isEqualTo(1);
        assertThat(refined.baselineScore()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void fixedStepsCostAGradientEachAndTheLogitsAtBothEnds(int steps) {
        Outcome<Attribution> outcome = Attributing.outcome(fixed(new Baseline.Black(), steps), Toys.relu(), IMAGE, 0);

        assertThat(outcome.cost().gradientMade()).isEqualTo(steps);
        assertThat(outcome.cost().forwardMade()).isEqualTo(2);
        assertThat(outcome.result().evaluations()).isEqualTo(steps + 2);
    }

    @Test
    void moreStepsAreMoreComplete() {
        double few = Attributing.attribute(fixed(new Baseline.Black(), 3), Toys.relu(), IMAGE, 0)
                .completenessDelta();
        double many = Attributing.attribute(fixed(new Baseline.Black(), 300), Toys.relu(), IMAGE, 0)
                .completenessDelta();

        assertThat(Math.abs(many)).isLessThan(Math.abs(few) / 10);
    }

    @Test
    void impossibleParametersAreRefused() {
        Baseline black = new Baseline.Black();
        assertThatThrownBy(() -> new IntegratedGradients(black, -1, 0.01, 0.5, 200))
                .hasMessage("steps is the number of fixed nodes, or 0 to refine, not -1");
        assertThatThrownBy(() -> new IntegratedGradients(black, 0, 0, 0.5, 200))
                .hasMessage("tolerance and floor are above zero, not 0.0 and 0.5");
        assertThatThrownBy(() -> new IntegratedGradients(black, 0, 0.01, Double.NaN, 200))
                .hasMessage("tolerance and floor are above zero, not 0.01 and NaN");
        assertThatThrownBy(() -> new IntegratedGradients(black, 0, 0.01, 0.5, 16))
                .hasMessage("max-steps is at least 17, the first look at the path, not 16");
    }

    static IntegratedGradients fixed(Baseline baseline, int steps) {
        return new IntegratedGradients(baseline, steps, 0.01, 0.5, 200);
    }

    static IntegratedGradients refined(Baseline baseline, int maxSteps) {
        return new IntegratedGradients(baseline, 0, 0.01, 0.5, maxSteps);
    }

    private static float[] start(Baseline baseline) {
        InputSpec input = Toys.INPUT;
        return baseline.of(Subject.of(IMAGE, 0, Toys.card(Toys.linear()), Attributing.SEED))
                .render(IMAGE, input);
    }
}
