package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.attributionmetric.Infidelity.Unit;
import dev.tapetum.attributionmetric.SubsetEffects.Effects;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubsetEffectsTest {

    private static final Baseline BLACK = new Baseline.Black();
    /** What a linear model loses is what input-x-gradient says, up to single precision. */
    private static final double TOLERANCE = 1e-5;

    private static final LinearModel LINEAR = Measuring.row(4, 1, -2, 0.5, 3);
    private static final float[] PIXELS = {0.5f, 1, 0.25f, 0.75f, 0.125f};

    @Test
    void onALinearModelTheCorrelationIsOne() {
        assertThat(measure(new FaithfulnessCorrelation(BLACK, 0.4, 20))).isCloseTo(1, within(TOLERANCE));
        assertThat(measure(new SensitivityN(BLACK, List.of(0.2, 0.4, 0.6), 20))).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void onALinearModelNothingIsUnexplained() {
        assertThat(measure(new Infidelity(BLACK, 0.4, 20, false, Unit.AUTO))).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void infidelityIsTheMeanSquaredError() {
        // (1 − 2)² and (2 − 4)², their mean; a factor of two leaves nothing.
        List<Effects> effects = List.of(new Effects(new double[] {1, 2}, new double[] {2, 4}));

        assertThat(new Infidelity(BLACK, 0.4, 2, false, Unit.AUTO).value(effects))
                .isEqualTo(2.5);
        assertThat(new Infidelity(BLACK, 0.4, 2, true, Unit.AUTO).value(effects))
                .isEqualTo(0);
    }

    @Test
    void aGradientIsMultipliedByWhatWasTakenAway() {
        // One pixel of 0.5 with weight 4, taken to white and so by −0.5: the logit loses −2. As a sensitivity the
        // gradient says
        // −0.5·4 = −2, as a contribution it says 4.
        LinearModel four = Measuring.row(4);
        float[] half = {0.5f};
        Baseline white = new Baseline.White();

        assertThat(Measuring.measure(
                        new Infidelity(white, 1, 2, false, Unit.SENSITIVITY), new Saliency(false), four, half, null))
                .isCloseTo(0, within(TOLERANCE));
        assertThat(Measuring.measure(
                        new Infidelity(white, 1, 2, false, Unit.CONTRIBUTION), new Saliency(false), four, half, null))
                .isCloseTo((4 + 2) * (4 + 2), within(TOLERANCE));
    }

    @Test
    void everyMethodKnowsWhichOfTheTwoItSays() {
        Infidelity auto = new Infidelity(BLACK, 0.4, 20, false, Unit.AUTO);

        assertThat(Measuring.measure(auto, new Saliency(false), LINEAR, PIXELS, null))
                .isCloseTo(0, within(TOLERANCE));
        assertThat(Measuring.measure(auto, new SmoothGrad(new Saliency(false), 2, 0.1), LINEAR, PIXELS, null))
                .isCloseTo(0, within(TOLERANCE));
        assertThat(Measuring.measure(auto, new InputXGradient(), LINEAR, PIXELS, null))
                .isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void aGradientCorrelatesAsWhatItSaysWasTakenAway() {
        for (AttributionMetric metric : List.of(
                new FaithfulnessCorrelation(BLACK, 0.4, 20), new SensitivityN(BLACK, List.of(0.2, 0.4, 0.6), 20))) {
            assertThat(Measuring.measure(metric, new Saliency(false), LINEAR, PIXELS, null))
                    .isCloseTo(1, within(TOLERANCE));
        }
    }

    @Test
    void everyChannelIsTakenAwayForItself() {
        // Two channels of one pixel, black at 0 and −0.5: 0.5·4 + 0.75·(−2) = 0.5, and not 1.25·(4 − 2).
        InputSpec input = new InputSpec(2, 1, 1, List.of(0f, 0.5f), List.of(1f, 1f));
        LinearModel model = new LinearModel(input, new double[][] {{4, -2}, {0, 0}}, new double[2]);

        assertThat(Measuring.measure(
                        new Infidelity(BLACK, 1, 2, false, Unit.AUTO),
                        new Saliency(false),
                        model,
                        new float[] {0.5f, 0.25f},
                        null))
                .isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void anAttributionOfZerosExplainsNothingAtAnyScale() {
        List<Effects> effects = List.of(new Effects(new double[2], new double[] {2, 4}));

        assertThat(new Infidelity(BLACK, 0.4, 2, true, Unit.AUTO).value(effects))
                .isEqualTo(10);
    }

    @Test
    void correlationIsPearsons() {
        // Deviations (−1, 0, 1) and (−1, 1, 0): 1 / (√2 √2).
        List<Effects> effects = List.of(new Effects(new double[] {1, 2, 3}, new double[] {0, 2, 1}));

        assertThat(new FaithfulnessCorrelation(BLACK, 0.4, 3).value(effects)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aSizeAtWhichNothingChangesIsLeftOut() {
        Effects constant = new Effects(new double[] {1, 1}, new double[] {0, 2});
        Effects opposite = new Effects(new double[] {1, 2}, new double[] {2, 0});

        SensitivityN metric = new SensitivityN(BLACK, List.of(0.2, 0.4), 2);
        assertThat(metric.value(List.of(constant, opposite))).isCloseTo(-1, within(1e-12));
        assertThat(metric.value(List.of(constant))).isNaN();
    }

    private static double measure(AttributionMetric metric) {
        return Measuring.measure(metric, new InputXGradient(), LINEAR, PIXELS, null);
    }
}
