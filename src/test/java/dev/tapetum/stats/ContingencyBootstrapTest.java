package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContingencyBootstrapTest {
    private static final int SIMULATIONS = 2000;

    private final ContingencyBootstrap bootstrap =
            new ContingencyBootstrap(new StatisticsSettings(0.95, 20_000, 0.05, 30, 7));

    private static double rate(long[] cells) {
        return (double) cells[0] / (cells[0] + cells[1]);
    }

    @ParameterizedTest
    @CsvSource({"20, 80", "3, 7", "4000000, 6000000"})
    void replicatesOfARateHaveBinomialQuantiles(int successes, int failures) {
        int n = successes + failures;
        double[] sorted =
                bootstrap.replicates(new long[] {successes, failures}, ContingencyBootstrapTest::rate, "rate");

        BinomialDistribution binomial = BinomialDistribution.of(n, (double) successes / n);
        for (double p : new double[] {0.025, 0.25, 0.5, 0.75, 0.975}) {
            // The p-quantile of 20,000 draws lies between the quantiles at p ± 0.011 (Dvoretzky–Kiefer–Wolfowitz, 2e-2
            // in a hundred; the seed is fixed).
            assertThat(Quantiles.of(sorted, p) * n)
                    .isBetween((double) binomial.inverseCumulativeProbability(p - 0.011), (double)
                            binomial.inverseCumulativeProbability(p + 0.011));
        }
    }

    @Test
    void theAccelerationOfARateIsThatOfTheTextbook() {
        // Removing a success moves k/n by (n−k)/(n(n−1)), a failure by −k/(n(n−1)); equation 14.15 then gives
        // (1 − 2p)/(6√(np(1−p))) exactly: 0.8/(6·√9) for 10 of 100.
        assertThat(ContingencyBootstrap.acceleration(new long[] {10, 90}, ContingencyBootstrapTest::rate))
                .isCloseTo(0.8 / 18, within(1e-12));
        assertThat(ContingencyBootstrap.acceleration(new long[] {50, 50}, ContingencyBootstrapTest::rate))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void replicatesEqualToTheValueCountHalfInTheBiasCorrection() {
        assertThat(ContingencyBootstrap.shareBelow(new double[] {1, 2, 2, 3}, 2))
                .isEqualTo(0.5);
        assertThat(ContingencyBootstrap.shareBelow(new double[] {1, 2, 2, 3}, 0))
                .isEqualTo(0.125);
    }

    @Test
    void anIntervalOfManyImagesIsTheNormalOne() {
        Interval interval =
                bootstrap.interval(new long[] {4_000_000, 6_000_000, 0}, ContingencyBootstrapTest::rate, "rate");

        // 0.4 ± 1.96·√(0.24/1e7); 20,000 replicates know their 2.5% quantile to some 2% of the standard error.
        double half = 1.96 * Math.sqrt(0.24 / 1e7);
        assertThat(interval.method()).isEqualTo(IntervalMethod.CONTINGENCY_BCA);
        assertThat(interval.low()).isCloseTo(0.4 - half, within(0.05 * half));
        assertThat(interval.high()).isCloseTo(0.4 + half, within(0.05 * half));
    }

    @ParameterizedTest
    @CsvSource({"40, 0.3", "60, 0.8", "100, 0.5", "200, 0.1", "1000, 0.95"})
    void theIntervalOfARateCoversItAsOftenAsItSays(int n, double p) {
        ContingencyBootstrap quick = new ContingencyBootstrap(Simulation.SETTINGS);
        SplittableRandom random = new SplittableRandom(n);
        int covered = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            long k = BinomialSampler.sample(n, p, random);
            Interval interval =
                    quick.interval(new long[] {k, n - k}, ContingencyBootstrapTest::rate, "simulation " + i);
            covered += interval.low() <= p && p <= interval.high() ? 1 : 0;
        }

        // Chance 1.2%, 400 instead of 2,000 replicates 0.5%, and the lattice of k: coverage of any interval of a
        // binomial oscillates by some 2% at these n (Brown, Cai and DasGupta 2001).
        assertThat((double) covered / SIMULATIONS).isBetween(0.92, 0.975);
    }

    @Test
    void theIntervalOfADifferenceCoversItAsOftenAsItSays() {
        ContingencyBootstrap quick = new ContingencyBootstrap(Simulation.SETTINGS);
        SplittableRandom random = new SplittableRandom(3);
        int covered = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            long k = BinomialSampler.sample(80, 0.7, random);
            long other = BinomialSampler.sample(400, 0.85, random);
            long[] cells = {k, 80 - k, other, 400 - other};
            Interval interval = quick.interval(cells, c -> rate(c) - (double) c[2] / (c[2] + c[3]), "simulation " + i);
            covered += interval.low() <= -0.15 && -0.15 <= interval.high() ? 1 : 0;
        }

        assertThat((double) covered / SIMULATIONS).isBetween(0.93, 0.97);
    }

    @Test
    void cellsOutsideTheRateMakeItsDenominatorRandom() {
        // 30 successes and 30 failures among 600: the variance is that of Bin(m, ½)/m averaged over m ~ Bin(600, 0.1),
        // ¼·E[1/m] ≈ ¼·(1/60)(1 + 0.9/60).
        double[] sorted = bootstrap.replicates(new long[] {30, 30, 540}, ContingencyBootstrapTest::rate, "rate");
        double variance = 0;
        for (double replicate : sorted) {
            variance += (replicate - 0.5) * (replicate - 0.5) / sorted.length;
        }

        assertThat(variance).isCloseTo(0.25 / 60 * (1 + 0.9 / 60), within(0.00015));
    }

    @Test
    void theSameNameGivesTheSameIntervalAndAnotherNameAnother() {
        long[] cells = {20, 80};

        assertThat(bootstrap.interval(cells, ContingencyBootstrapTest::rate, "a"))
                .isEqualTo(bootstrap.interval(cells, ContingencyBootstrapTest::rate, "a"));
        assertThat(bootstrap.replicates(cells, ContingencyBootstrapTest::rate, "a"))
                .isNotEqualTo(bootstrap.replicates(cells, ContingencyBootstrapTest::rate, "b"));
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "40, 0", "0, 0"})
    void aTableThatCannotVaryHasNoInterval(long successes, long failures) {
        assertThat(bootstrap.interval(new long[] {successes, failures}, ContingencyBootstrapTest::rate, "rate"))
                .isEqualTo(Interval.NONE);
    }

    @Test
    void aDenominatorThatIsOftenEmptyHasNoInterval() {
        // One image in a thousand: 37% of the replicates have no denominator.
        assertThat(bootstrap.interval(new long[] {1, 0, 999}, ContingencyBootstrapTest::rate, "rate"))
                .isEqualTo(Interval.NONE);
    }
}
