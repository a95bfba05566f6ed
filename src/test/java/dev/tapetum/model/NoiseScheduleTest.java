package dev.tapetum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.NoiseSchedule.Betas;
import dev.tapetum.model.NoiseSchedule.Prediction;
import dev.tapetum.model.NoiseSchedule.Spacing;
import dev.tapetum.model.NoiseSchedule.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {

    private static NoiseSchedule stableDiffusion(Spacing spacing) {
        return new NoiseSchedule(
                1000, Betas.SCALED_LINEAR, 0.00085, 0.012, Prediction.EPSILON, spacing, 1, false, null);
    }

    @Test
    void leadingStepsStartBelowTheNoisiestAndAreMovedByTheOffset() {
        assertThat(stableDiffusion(Spacing.LEADING).steps(4).stream().map(Step::timestep))
                .containsExactly(751, 501, 251, 1);
        // 1000 / 3 is cut to 333.
        assertThat(stableDiffusion(Spacing.LEADING).steps(3).stream().map(Step::timestep))
                .containsExactly(667, 334, 1);
    }

    @Test
    void trailingStepsStartAtTheNoisiest() {
        assertThat(stableDiffusion(Spacing.TRAILING).steps(4).stream().map(Step::timestep))
                .containsExactly(999, 749, 499, 249);
        // 1000, 666.67, 333.33 rounded, less one.
        assertThat(stableDiffusion(Spacing.TRAILING).steps(3).stream().map(Step::timestep))
                .containsExactly(999, 666, 332);
        // 1000 / 16 = 62.5, so 937.5 and 812.5 are halfway: to the even neighbour, 938 and 812, as NumPy rounds.
        assertThat(stableDiffusion(Spacing.TRAILING).steps(16).stream()
                        .map(Step::timestep)
                        .limit(4))
                .containsExactly(999, 937, 874, 811);
    }

    /** Three betas 0.1, 0.2, 0.3 leave 0.9, 0.9 · 0.8 and 0.9 · 0.8 · 0.7 of the signal's variance. */
    @Test
    void theSignalIsWhatAllBetasLeave() {
        NoiseSchedule schedule =
                new NoiseSchedule(3, Betas.LINEAR, 0.1, 0.3, Prediction.EPSILON, Spacing.LEADING, 0, true, null);
        List<Step> steps = schedule.steps(3);
        assertThat(steps.get(0).signal()).isCloseTo(0.504, within(1e-15));
        assertThat(steps.get(0).signalAfter()).isCloseTo(0.72, within(1e-15));
        assertThat(steps.get(1).signalAfter()).isCloseTo(0.9, within(1e-15));
        assertThat(steps.get(2).signalAfter()).isEqualTo(1);
    }

    /** Roots 0.1, 0.2, 0.3 are betas 0.01, 0.04, 0.09. */
    @Test
    void scaledLinearBetasAreTheSquaresOfEvenlySpacedRoots() {
        NoiseSchedule schedule = new NoiseSchedule(
                3, Betas.SCALED_LINEAR, 0.01, 0.09, Prediction.EPSILON, Spacing.LEADING, 0, false, null);
        assertThat(schedule.steps(1).get(0).signal()).isCloseTo(0.99, within(1e-15));
        assertThat(schedule.steps(3).get(0).signal()).isCloseTo(0.99 * 0.96 * 0.91, within(1e-15));
        assertThat(schedule.steps(3).get(2).signalAfter())
                .as("not to one: to timestep 0")
                .isCloseTo(0.99, within(1e-15));
    }

    @Test
    void anOffsetThatLeadsBeyondTheTrainingIsRefused() {
        assertThatThrownBy(() -> stableDiffusion(Spacing.LEADING).steps(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ask for fewer");
    }
}
