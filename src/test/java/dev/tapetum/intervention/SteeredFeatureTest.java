package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SteeredFeatureTest {

    /** ‖(3, 4)‖ is 5. */
    @Test
    void aRandomDirectionIsAsLongAsTheFeaturesOwn() {
        float[] direction = SteeredFeature.randomDirection(new float[] {3, 4}, 11);

        assertThat(Math.hypot(direction[0], direction[1])).isCloseTo(5, within(1e-6));
        assertThat(SteeredFeature.randomDirection(new float[] {3, 4}, 11)).containsExactly(direction);
        assertThat(SteeredFeature.randomDirection(new float[] {3, 4}, 12)).isNotEqualTo(direction);
    }

    /** Uniform on the sphere in d dimensions, a coordinate has mean 0 and mean square 1/d: over 4000 draws 0 ± 0.009 and 1/3 ± 0.005. */
    @Test
    void noDirectionIsLikelierThanAnother() {
        double sum = 0;
        double square = 0;
        for (int seed = 0; seed < 4000; seed++) {
            double first = SteeredFeature.randomDirection(new float[] {0, 0, 1}, seed)[0];
            sum += first;
            square += first * first;
        }

        assertThat(sum / 4000).isCloseTo(0, within(0.04));
        assertThat(square / 4000).isCloseTo(1 / 3.0, within(0.02));
    }
}
