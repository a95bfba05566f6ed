package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attributionmetric.SubsetEffects.Effects;
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
        assertThat(measure(new Infidelity(BLACK, 0.4, 20, false))).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void infidelityIsTheMeanSquaredError() {
        // (1 − 2)² and (2 − 4)², their mean; a factor of two leaves nothing.
        List<Effects> effects = List.of(new Effects(new double[] {1, 2}, new double[] {2, 4}));

        assertThat(new Infidelity(BLACK, 0.4, 2, false).value(effects)).isEqualTo(2.5);
        assertThat(new Infidelity(BLACK, 0.4, 2, true).value(effects)).isEqualTo(0);
    }

    @Test
    void anAttributionOfZerosExplainsNothingAtAnyScale() {
        List<Effects> effects = List.of(new Effects(new double[2], new double[] {2, 4}));

        assertThat(new Infidelity(BLACK, 0.4, 2, true).value(effects)).isEqualTo(10);
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
