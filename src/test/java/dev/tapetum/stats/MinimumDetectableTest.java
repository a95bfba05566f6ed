package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinimumDetectableTest {
    /** (z(0.9975) + z(0.8))/(z(0.975) + z(0.8)) = (2.807 + 0.842)/(1.960 + 0.842). */
    @Test
    void aSmallerPValueAsksForALargerDifference() {
        assertThat(MinimumDetectable.atLevel(0.1, 0.95, 0.005)).isCloseTo(0.1302, within(1e-4));
        assertThat(MinimumDetectable.atLevel(0.1, 0.95, 0.05)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void agreesWithTheTextbook() {
        // (1.959964 + 0.841621)·0.5·√(2/392) = 0.1000566: some 392 per group find ten points around one half.
        assertThat(MinimumDetectable.difference(0.5, 392, 392, 0.95)).isCloseTo(0.1000566, within(1e-6));
    }

    @Test
    void aGapOfThatSizeIsFoundFourTimesOutOfFive() {
        double gap = MinimumDetectable.difference(0.5, 400, 1200, 0.95);
        SplittableRandom random = new SplittableRandom(2);
        int simulations = 4000;
        int found = 0;
        for (int i = 0; i < simulations; i++) {
            long a = BinomialSampler.sample(400, 0.5 - 0.75 * gap, random);
            long b = BinomialSampler.sample(1200, 0.5 + 0.25 * gap, random);
            found += FisherExact.pValue(a, 400, b, 1200) <= 0.05 ? 1 : 0;
        }

        // Fisher's test is somewhat conservative: 77 to 78% here.
        assertThat((double) found / simulations).isBetween(0.75, 0.82);
    }

    @Test
    void theDeviationIsFoundAgain() {
        double difference = MinimumDetectable.difference(0.3, 40, 900, 0.9);

        // Two multiplications and a division, each rounded once.
        assertThat(MinimumDetectable.deviation(difference, 40, 900, 0.9)).isCloseTo(0.3, within(1e-15));
        assertThat(MinimumDetectable.deviation(0, 40, 900, 0.9)).isZero();
        assertThat(MinimumDetectable.deviation(0.1, 0, 10, 0.95)).isNaN();
    }

    @Test
    void withoutImagesNothingIsDetectable() {
        assertThat(MinimumDetectable.difference(0.5, 0, 10, 0.95)).isNaN();
    }
}
