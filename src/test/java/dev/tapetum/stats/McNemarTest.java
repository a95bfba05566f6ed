package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
    /** The published numbers have three or four decimals. */
    private static final double FOUR_DECIMALS = 6e-5;

    @Test
    void eightDifferingOfWhichOneWentTheOtherWay() {
        // 2 P(X < 1) + P(X = 1) with eight fair coins: (2 · 1 + 8)/256.
        assertThat(McNemar.pValue(new PairedTable(1, 1, 7, 12))).isCloseTo(10.0 / 256, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        // Fagerland, Lydersen and Laake 2013: airway hyper-responsiveness before and after stem cell transplantation
        // (Bentur
        // et al. 2009), complete response before and after consolidation therapy (Cavo et al. 2012).
        "1, 1, 7, 12, 0.0391",
        "59, 6, 16, 80, 0.0347"
    })
    void agreesWithThePublishedMidP(long a, long b, long c, long d, double p) {
        assertThat(McNemar.pValue(new PairedTable(a, b, c, d))).isCloseTo(p, within(FOUR_DECIMALS));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 9", "20, 31", "0, 40", "450, 500"})
    void isTheBinomialTailWithHalfOfWhatWasSeen(int lost, int gained) {
        BinomialDistribution coins = BinomialDistribution.of(lost + gained, 0.5);
        int fewer = Math.min(lost, gained);
        double expected = 2 * coins.cumulativeProbability(fewer) - coins.probability(fewer);

        assertThat(McNemar.pValue(new PairedTable(7, lost, gained, 5))).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void theOrderOfTheRunsDoesNotMatter() {
        assertThat(McNemar.pValue(new PairedTable(9, 3, 11, 2)))
                .isEqualTo(McNemar.pValue(new PairedTable(9, 11, 3, 2)));
    }

    @Test
    void isOneWhenNothingChangesOrAsMuchBothWays() {
        assertThat(McNemar.pValue(new PairedTable(10, 0, 0, 5))).isEqualTo(1);
        assertThat(McNemar.pValue(new PairedTable(10, 6, 6, 5))).isEqualTo(1);
        assertThat(McNemar.pValue(PairedTable.EMPTY)).isNaN();
    }

    @Test
    void tenMillionImagesAgreeWithTheNormalTest() {
        double p = McNemar.pValue(new PairedTable(8_000_000, 499_000, 501_000, 1_000_000));
        double expected = 2 * NormalDistribution.of(0, 1).survivalProbability(2000 / Math.sqrt(1_000_000));

        // The mid-p of so many is the normal tail up to the skewness of nothing: the binomial is symmetric.
        assertThat(p).isCloseTo(expected, within(1e-3 * expected));
        assertThat(McNemar.pValue(new PairedTable(0, 10_000_000, 0, 0))).isPositive();
    }

    /** Exact: the probability of all tables of 60 images with p ≤ α, of which as many are lost as gained in the long run. */
    @ParameterizedTest
    @CsvSource({"0.05", "0.1", "0.3", "0.6"})
    void smallPValuesAreNotTooFrequent(double share) {
        BinomialDistribution differing = BinomialDistribution.of(60, share);
        for (double alpha : new double[] {0.01, 0.05, 0.1}) {
            double rejected = 0;
            for (int m = 0; m <= 60; m++) {
                if (m == 0) {
                    continue;
                }

                BinomialDistribution lost = BinomialDistribution.of(m, 0.5);
                for (int b = 0; b <= m; b++) {
                    double p = McNemar.pValue(new PairedTable(60 - m, b, m - b, 0));
                    rejected += p <= alpha ? differing.probability(m) * lost.probability(b) : 0;
                }
            }

            assertThat(rejected).as("at level %s", alpha).isLessThanOrEqualTo(1.02 * alpha);
        }
    }
}
