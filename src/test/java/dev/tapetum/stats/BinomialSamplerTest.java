package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialSamplerTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @CsvSource({
        "1, 0.3",
        "20, 0.05",
        "30, 0.31", // just below the switch to rejection
        "33, 0.31", // just above
        "40, 0.5",
        "100, 0.9",
        "1000, 0.02",
        "5000, 0.4",
        "1000000, 0.000003"
    })
    void drawsFollowTheDistribution(int n, double p) {
        BinomialDistribution binomial = BinomialDistribution.of(n, p);
        int low = binomial.inverseCumulativeProbability(1e-4);
        int high = binomial.inverseCumulativeProbability(1 - 1e-4);
        long[] counts = new long[high - low + 1];
        SplittableRandom random = new SplittableRandom(n);
        for (int i = 0; i < DRAWS; i++) {
            long k = BinomialSampler.sample(n, p, random);
            counts[(int) Math.max(0, Math.min(high - low, k - low))]++;
        }

        List<Double> probabilities = new ArrayList<>();
        for (int k = low; k <= high; k++) {
            double below = k == low ? 0 : binomial.cumulativeProbability(k - 1);
            double upTo = k == high ? 1 : binomial.cumulativeProbability(k);
            probabilities.add(upTo - below);
        }

        double chiSquare = Simulation.chiSquare(
                counts, probabilities.stream().mapToDouble(Double::doubleValue).toArray());
        // A right sampler fails one of a million of such tests; the seed is fixed.
        double limit = ChiSquaredDistribution.of(Math.max(1, counts.length - 1)).inverseSurvivalProbability(1e-6);
        assertThat(chiSquare).isLessThan(limit);
    }

    @Test
    void tenMillionTrialsHaveTheRightMeanAndVariance() {
        long n = 10_000_000;
        double p = 0.37;
        SplittableRandom random = new SplittableRandom(5);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double deviation = BinomialSampler.sample(n, p, random) - n * p;
            sum += deviation;
            squares += deviation * deviation;
        }

        // Standard deviations of the two averages are √(npq/200,000) and npq·√(2/200,000); five of them.
        double variance = n * p * (1 - p);
        assertThat(sum / DRAWS).isBetween(-5 * Math.sqrt(variance / DRAWS), 5 * Math.sqrt(variance / DRAWS));
        assertThat(squares / DRAWS / variance)
                .isBetween(1 - 5 * Math.sqrt(2.0 / DRAWS), 1 + 5 * Math.sqrt(2.0 / DRAWS));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5, 0", "10, 0, 0", "10, -1e-17, 0", "10, 1, 10", "10, 1.0000000001, 10"})
    void certainOutcomesNeedNoDraw(long n, double p, long expected) {
        assertThat(BinomialSampler.sample(n, p, new SplittableRandom(1))).isEqualTo(expected);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        SplittableRandom random = new SplittableRandom(1);

        assertThatThrownBy(() -> BinomialSampler.sample(-1, 0.5, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinomialSampler.sample(1, Double.NaN, random))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
