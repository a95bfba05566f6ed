package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final double ROUNDING = 1e-9;

    /** 0.95 (0.4/0.1 − 1) − 0.05 (1000/100 − 1) = 2.85 − 0.45 = 2.4. */
    @Test
    void fourTimesTheErrorOnATenthOfTheImages() {
        assertThat(new Score(0.95, 1000, 100).of(100, 40)).isCloseTo(2.4, within(ROUNDING));
    }

    @Test
    void allImagesScoreZero() {
        assertThat(new Score(0.95, 1000, 100).of(1000, 100)).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void anErrorAsElsewhereScoresBelowZeroForBeingSmall() {
        assertThat(new Score(0.95, 1000, 100).of(10, 1)).isCloseTo(-0.05 * 99, within(ROUNDING));
    }

    /** Of all (s, e) with fewest ≤ s ≤ mostImages and e ≤ min(s, mostErrors) the largest score, by trying them all. */
    @Test
    void theBoundIsTheLargestScoreThatTheCountsLeavePossible() {
        SplitMix64 random = new SplitMix64(7);
        for (int i = 0; i < 2000; i++) {
            long images = 2L + random.below(40);
            long errors = 1L + random.below((int) images);
            long most = 1L + random.below((int) images);
            long fewest = 1L + random.below((int) most);
            long mostErrors = random.below((int) Math.min(most, errors) + 1);
            Score score = new Score(random.below(11) / 10.0, images, errors);
            double largest = Double.NEGATIVE_INFINITY;
            for (long s = fewest; s <= most; s++) {
                for (long e = 0; e <= Math.min(s, mostErrors); e++) {
                    largest = Math.max(largest, score.of(s, e));
                }
            }

            assertThat(score.bound(fewest, most, mostErrors)).isCloseTo(largest, within(ROUNDING));
        }
    }
}
