package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreIntervalTest {
    /** The published tables have four decimals. */
    private static final double FOUR_DECIMALS = 6e-5;

    @ParameterizedTest
    @CsvSource({
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718"
    })
    void wilsonAgreesWithThePublishedTable(int successes, int trials, double low, double high) {
        Interval interval = ScoreInterval.wilson(new Proportion(successes, trials), 0.95);

        assertThat(interval.low()).isCloseTo(low, within(FOUR_DECIMALS));
        assertThat(interval.high()).isCloseTo(high, within(FOUR_DECIMALS));
        assertThat(interval.method()).isEqualTo(IntervalMethod.WILSON);
    }

    @ParameterizedTest
    @CsvSource({
        // Newcombe, "Interval estimation for the difference between independent proportions", 1998, table II, method
        // 10.
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000"
    })
    void newcombeAgreesWithThePublishedTable(int a, int m, int b, int n, double low, double high) {
        Interval interval = ScoreInterval.newcombe(new Proportion(a, m), new Proportion(b, n), 0.95);

        assertThat(interval.low()).isCloseTo(low, within(FOUR_DECIMALS));
        assertThat(interval.high()).isCloseTo(high, within(FOUR_DECIMALS));
        assertThat(interval.method()).isEqualTo(IntervalMethod.NEWCOMBE);
    }

    @Test
    void wilsonCoversRareOutcomesWhereTheBootstrapWouldNot() {
        // Exact coverage, no simulation: the sum of P(k) over the k whose interval contains p.
        BinomialDistribution binomial = BinomialDistribution.of(200, 0.01);
        double coverage = 0;
        for (int k = 0; k <= 20; k++) {
            Interval interval = ScoreInterval.wilson(new Proportion(k, 200), 0.95);
            coverage += interval.low() <= 0.01 && 0.01 <= interval.high() ? binomial.probability(k) : 0;
        }

        assertThat(coverage).isBetween(0.93, 0.99);
    }

    @Test
    void noTrialsGiveNoInterval() {
        Proportion nothing = new Proportion(0, 0);

        assertThat(ScoreInterval.wilson(nothing, 0.95)).isEqualTo(Interval.NONE);
        assertThat(ScoreInterval.newcombe(nothing, new Proportion(1, 2), 0.95)).isEqualTo(Interval.NONE);
    }
}
