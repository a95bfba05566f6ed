package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);
    private static final Schedule SCHEDULE = new Schedule(4e-4, 500, 1500);

    @Test
    void rateAndPenaltyGrowTogetherOverTheWarmUp() {
        assertThat(SCHEDULE.penalty(0)).isEqualTo(1 / 500.0);
        assertThat(SCHEDULE.penalty(249)).isEqualTo(0.5);
        assertThat(SCHEDULE.penalty(499)).isEqualTo(1);
        assertThat(SCHEDULE.penalty(1499)).isEqualTo(1);
        assertThat(SCHEDULE.learningRate(249)).isCloseTo(2e-4, ROUNDING);
        assertThat(SCHEDULE.learningRate(499)).isCloseTo(4e-4, ROUNDING);
    }

    /** Half way down the cosine is at half its height; one step before the end at sin²(π/2000) of it. */
    @Test
    void theRateFallsAlongHalfACosine() {
        assertThat(SCHEDULE.learningRate(500)).isCloseTo(4e-4, ROUNDING);
        assertThat(SCHEDULE.learningRate(1000)).isCloseTo(2e-4, ROUNDING);
        assertThat(SCHEDULE.learningRate(1499)).isCloseTo(4e-4 * Math.pow(Math.sin(Math.PI / 2000), 2), ROUNDING);
        assertThat(new Schedule(1, 0, 10).learningRate(0)).isEqualTo(1);
        assertThat(new Schedule(1, 0, 10).penalty(0)).isEqualTo(1);
    }

    @Test
    void settingsThatCannotBeTrainedWithAreRefused() {
        assertThatThrownBy(() -> new TrainingSettings(10, 50, 1e-3, 5, 1, 0))
                .hasMessage("tokens must be enough for more steps than the warm-up's 5, not only 5 batches of 10");
        assertThat(new TrainingSettings(10, 69, 1e-3, 5, 1, 0).steps()).isEqualTo(6);
        assertThatThrownBy(() -> new TrainingSettings(0, 50, 1e-3, 5, 1, 0)).hasMessageStartingWith("batch must");
        assertThatThrownBy(() -> new TrainingSettings(1, 50, 0, 5, 1, 0)).hasMessageStartingWith("learning-rate must");
        assertThatThrownBy(() -> new TrainingSettings(1, 50, 1, -1, 1, 0)).hasMessageStartingWith("warm-up must");
        assertThatThrownBy(() -> new TrainingSettings(1, 50, 1, 5, 0, 0)).hasMessageStartingWith("clip must");
    }
}
