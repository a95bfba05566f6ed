package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Outcome;
import org.junit.jupiter.api.Test;

final class GuidedIgTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final Baseline BLACK = new Baseline.Black();
    private static final float[] IMAGE = Toys.image(3);

    /** {@code F = max(0, x₁ + 2x₂ + 1) + 4 max(0, x₁ + x₂ − ½)}: F(0, 0) = 1 and F(1, 1) = 10. */
    private static final TwoLayerReluModel BY_HAND =
            Attributing.ofTwoNumbers(new double[] {1, 4}, new double[][] {{1, 2}, {1, 1}}, new double[] {1, -0.5});

    /** Whatever the path, the gradient is w and the steps add up to the difference. */
    @Test
    void aLinearModelGivesTheWeightedDifference() {
        LinearModel linear = Toys.linear();

        Attribution attribution = Attributing.attribute(new GuidedIg(BLACK, 9, 0.25, 0.1), linear, IMAGE, 1);

        for (int i = 0; i < IMAGE.length; i++) {
            double expected =
                    linear.weights()[1][i] * (IMAGE[i] - Toys.INPUT.level(0).get(i / 16));
            assertThat((double) attribution.values().values()[i]).isCloseTo(expected, within(ROUNDING));
        }

        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
    }

    /**
     * From (0, 0) to (1, 1) in two steps, without bounds; a quarter of two values is one. At (0, 0) the gradient is (1, 2): x₁
     * goes, all the way, since that is half of the distance: a₁ = 1. At (1, 0) the second unit is on and the gradient is
     * (5, 6): x₂ goes, a₂ = 6. The gain is 9, of which left ends see 7.
     */
    @Test
    void theValueWithTheSmallerGradientGoesFirst() {
        Attribution attribution =
                Attributing.attribute(new GuidedIg(BLACK, 2, 0.25, 1), BY_HAND, new float[] {1, 1}, 0);

        assertThat(attribution.values().values()).containsExactly(1, 6);
        assertThat(attribution.score()).isEqualTo(10);
        assertThat(attribution.baselineScore()).isEqualTo(1);
        assertThat(attribution.completenessDelta()).isEqualTo(-2);
    }

    /**
     * The same within ¼ of the straight path. Step 1, progress between ¼ and ¾: both are moved to ¼ (0.25·1 and 0.25·2),
     * then x₁ to ¾ (0.5·1), and the distance is 1 as wanted. At (¾, ¼) the gradient is (5, 6). Step 2, progress between ¾ and
     * 1: x₂ is moved to ¾ (0.5·6), then x₁ to 1 (0.25·5), which is not enough, then x₂ to 1 (0.25·6).
     * a₁ = 0.25 + 0.5 + 1.25 = 2 and a₂ = 0.5 + 3 + 1.5 = 5.
     */
    @Test
    void noValueLeavesTheNeighbourhoodOfTheStraightPath() {
        assertThat(Attributing.values(new GuidedIg(BLACK, 2, 0.25, 0.25), BY_HAND, new float[] {1, 1}, 0))
                .containsExactly(2, 5);
    }

    /** Left ends of the straight path: the gradient is (1, 2) at (0, 0) and (5, 6) at (½, ½). */
    @Test
    void withoutAnyRoomItIsTheStraightPath() {
        assertThat(Attributing.values(new GuidedIg(BLACK, 2, 0.25, 0), BY_HAND, new float[] {1, 1}, 0))
                .containsExactly(0.5f * 1 + 0.5f * 5, 0.5f * 2 + 0.5f * 6);
    }

    @Test
    void whereImageAndBaselineAgreeNothingCounts() {
        assertThat(Attributing.values(new GuidedIg(BLACK, 3, 0.25, 0.1), BY_HAND, new float[] {0, 1}, 0)[0])
                .isZero();

        Attribution nothing = Attributing.attribute(new GuidedIg(BLACK, 3, 0.25, 0.1), BY_HAND, new float[2], 0);
        assertThat(nothing.values().values()).containsOnly(0);
        assertThat(nothing.completenessDelta()).isZero();
    }

    @Test
    void moreStepsOnASmoothModelAreMoreComplete() {
        double few = Attributing.attribute(new GuidedIg(BLACK, 5, 0.25, 0.05), Toys.quadratic(), IMAGE, 0)
                .completenessDelta();
        Outcome<Attribution> many =
                Attributing.outcome(new GuidedIg(BLACK, 500, 0.25, 0.05), Toys.quadratic(), IMAGE, 0);

        assertThat(Math.abs(many.result().completenessDelta())).isLessThan(Math.abs(few) / 10);
        assertThat(many.cost().gradientMade()).isEqualTo(500);
        assertThat(many.cost().forwardMade()).isEqualTo(1);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new GuidedIg(BLACK, 0, 0.25, 0.02))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
        assertThatThrownBy(() -> new GuidedIg(BLACK, 5, 0, 0.02))
                .hasMessage("fraction is a share of the values, above 0 up to 1, not 0.0");
        assertThatThrownBy(() -> new GuidedIg(BLACK, 5, 0.25, 2))
                .hasMessage("max-distance is between 0, the straight path, and 1, not 2.0");
    }
}
