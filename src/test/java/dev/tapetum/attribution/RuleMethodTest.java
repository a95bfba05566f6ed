package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On {@code F = a₁ + a₂ − 2a₃ + 0.1} with {@code z = (x₁ + x₂, x₁ − x₂ + 0.5, 2x₁ − 1)} at x = (1, 2): z = (3, −0.5,
 * 1), a = (3, 0, 1), F = 1.1. A backward signal (r₁, r₂, r₃) below the ReLUs arrives at the input as (r₁ + r₂ + 2r₃,
 * r₁ − r₂).
 */
final class RuleMethodTest {

    private static final TwoLayerReluModel MODEL = new TwoLayerReluModel(
            InputSpec.raw(1, 1, 2),
            new Tap("hidden", Tap.Layout.SPATIAL, 3, 1, 1, 0),
            new double[][] {{1, 1}, {1, -1}, {2, 0}},
            new double[] {0, 0.5, -1},
            new double[][] {{1, 1, -2}},
            new double[] {0.1});
    private static final float[] IMAGE = {1, 2};
    private static final double TOLERANCE = 1e-6;

    @Test
    void deconvnetPassesAllThatSpeaksForTheClass() {
        // (1, 1, −2) cut off at zero: (1, 1, 0).
        assertValues(new Deconvnet(), 2, 0);
    }

    @Test
    void guidedBackpropPassesItOnlyWhereTheUnitIsActive() {
        // Of (1, 1, 0) the second unit is not active: (1, 0, 0).
        assertValues(new GuidedBackprop(), 1, 1);
    }

    @Test
    void rectGradPassesTheLargestProductsOnly() {
        // a ⊙ r = (3, 0, −2) with the median 0: only the first is above it, (1, 1), times the image.
        assertValues(new RectGrad(50), 1, 2);
    }

    @Test
    void relevanceIsSharedInProportionToContributions() {
        // ε = 1: F/(F + 1) = 1.1/2.1 arrives above, and a/(z + sign z) = (3/4, 0, 1/2) below: (¾, 0, −1) → (−1.25,
        // 0.75), times the image.
        double kept = 1.1 / 2.1;
        assertValues(new LrpEpsilon(1), kept * -1.25, kept * 1.5);
    }

    @Test
    void deepLiftTakesSlopesAndAddsUpToTheChange() {
        // At black z' = (0, 0.5, −1) and F' = 0.6. Slopes 3/3, (0 − 0.5)/(−1) and 1/2: (1, 0.5, −1) → (−0.5, 0.5),
        // times x − 0.
        assertValues(new DeepLift(new Baseline.Black()), -0.5, 1);

        Attribution attribution = attribute(new DeepLift(new Baseline.Black()));
        assertThat(attribution.baselineScore()).isCloseTo(0.6, within(TOLERANCE));
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(TOLERANCE));
        assertThat(attribution.evaluations()).isEqualTo(2);
    }

    @Test
    void fullGradScalesTheInputsTermAndCountsTheBiases() {
        // ∇F = (−3, 1), times the image (−3, 2), scaled (1, 0); −3 + 2 + 0.1 + (1·0 + 0·0.5 − 2·(−1)) = 1.1 = F.
        assertValues(new FullGrad(), 1, 0);

        assertThat(attribute(new FullGrad()).baselineScore()).isZero();
        assertThat(attribute(new FullGrad()).completenessDelta()).isCloseTo(0, within(TOLERANCE));
    }

    /** Without a kink there is nothing to choose: in a network whose units are all active the rules are the gradient. */
    @ParameterizedTest
    @MethodSource("rules")
    void whereEveryUnitIsActiveAndPositiveARuleIsTheGradient(Attributor method, Attributor plain) {
        TwoLayerReluModel active = new TwoLayerReluModel(
                InputSpec.raw(1, 1, 2),
                new Tap("hidden", Tap.Layout.SPATIAL, 2, 1, 1, 0),
                new double[][] {{1, 3}, {2, -1}},
                new double[] {1, 2},
                new double[][] {{0.5, 2}},
                new double[] {0});

        assertThat(Attributing.values(method, active, IMAGE, 0))
                .containsExactly(Attributing.values(plain, active, IMAGE, 0), within(1e-6f));
    }

    static Stream<Arguments> rules() {
        Attributor gradient = new Saliency(false);
        Attributor timesInput = new InputXGradient();
        return Stream.of(
                Arguments.of(new Deconvnet(), gradient),
                Arguments.of(new GuidedBackprop(), gradient),
                Arguments.of(new LrpEpsilon(1e-9), timesInput),
                Arguments.of(new DeepLift(new Baseline.Black()), timesInput));
    }

    @Test
    void aModelWithoutTheRuleIsRefusedWithTheWayToGetIt() {
        LinearModel linear = Toys.linear();

        assertThatThrownBy(() -> new GuidedBackprop().check(Toys.card(linear)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("GuidedBackprop needs the inside of the network")
                .hasMessageContaining("exported without the rule guided-backprop")
                .hasMessageContaining("--rules all");
    }

    private static Attribution attribute(Attributor method) {
        return Attributing.attribute(method, MODEL, IMAGE, 0);
    }

    private static void assertValues(Attributor method, double... expected) {
        assertThat(attribute(method).values().values())
                .containsExactly(Attributing.floats(expected), within((float) TOLERANCE));
    }
}
