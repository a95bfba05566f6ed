package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FisherExactTest {
    @Test
    void theLadyTastingTeaIsNotYetConvincing() {
        // 3 of 4 right: P(X ≥ 3) = (16 + 1)/70, doubled.
        assertThat(FisherExact.pValue(3, 4, 1, 4)).isCloseTo(34.0 / 70, within(1e-12));
        assertThat(FisherExact.pValue(4, 4, 0, 4)).isCloseTo(2.0 / 70, within(1e-12));
    }

    @Test
    void oneSideIsHalfOfTwo() {
        // 3 of 4 right: (16 + 1)/70; as few as that or more, of 1 of 4: all tables but the one of none, 1 − 1/70.
        assertThat(FisherExact.pValueOfMore(3, 4, 1, 4)).isCloseTo(17.0 / 70, within(1e-12));
        assertThat(FisherExact.pValueOfMore(1, 4, 3, 4)).isCloseTo(69.0 / 70, within(1e-12));
        assertThat(FisherExact.pValueOfMore(0, 4, 3, 40)).isCloseTo(1, within(1e-12));
        assertThat(FisherExact.pValueOfMore(4, 4, 0, 0)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"8, 40, 120, 300", "0, 30, 100, 1000", "30, 30, 700, 1000", "5, 50, 12, 80", "450, 500, 700, 900"})
    void isTwiceTheSmallerTailOfTheHypergeometric(int a, int m, int b, int n) {
        HypergeometricDistribution table = HypergeometricDistribution.of(m + n, a + b, m);
        double tail = Math.min(table.cumulativeProbability(a), table.survivalProbability(a - 1));

        assertThat(FisherExact.pValue(a, m, b, n)).isCloseTo(Math.min(1, 2 * tail), within(1e-9 * tail + 1e-300));
    }

    @ParameterizedTest
    @CsvSource({"3, 9, 20, 31", "0, 7, 5, 9"})
    void theOrderOfTheGroupsDoesNotMatter(int a, int m, int b, int n) {
        assertThat(FisherExact.pValue(a, m, b, n)).isCloseTo(FisherExact.pValue(b, n, a, m), within(1e-12));
    }

    @Test
    void smallPValuesAreNeverTooFrequent() {
        // Exact: the probability of all tables with p ≤ α when both rates are 0.2.
        BinomialDistribution first = BinomialDistribution.of(30, 0.2);
        BinomialDistribution second = BinomialDistribution.of(50, 0.2);
        for (double alpha : new double[] {0.001, 0.01, 0.05, 0.2}) {
            double rejected = 0;
            for (int a = 0; a <= 30; a++) {
                for (int b = 0; b <= 50; b++) {
                    double probability = first.probability(a) * second.probability(b);
                    rejected += FisherExact.pValue(a, 30, b, 50) <= alpha ? probability : 0;
                }
            }

            assertThat(rejected).isLessThanOrEqualTo(alpha);
        }
    }

    @Test
    void tenMillionImagesAgreeWithTheNormalTest() {
        double p = FisherExact.pValue(400_000, 1_000_000, 3_609_000, 9_000_000);
        double pooled = 4_009_000 / 1e7;
        double z = (0.4 - 0.401) / Math.sqrt(pooled * (1 - pooled) * (1e-6 + 1 / 9e6));

        // The lattice of a million images shifts the tail by half a success, 1/980 of a standard deviation.
        double expected = 2 * NormalDistribution.of(0, 1).cumulativeProbability(z);
        assertThat(p).isCloseTo(expected, within(0.01 * expected));
    }

    @Test
    void isNeverZero() {
        assertThat(FisherExact.pValue(0, 1_000_000, 1_000_000, 1_000_000)).isPositive();
    }

    @Test
    void isOneWhenNothingDiffers() {
        assertThat(FisherExact.pValue(5, 10, 50, 100)).isEqualTo(1);
        assertThat(FisherExact.pValue(0, 10, 0, 100)).isEqualTo(1);
    }

    @Test
    void aGroupWithoutTrialsHasNoTest() {
        assertThat(FisherExact.pValue(0, 0, 5, 10)).isNaN();
    }
}
