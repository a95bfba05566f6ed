package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {

    @Test
    void countsPairsAndTiesHalf() {
        // 3 beats 1 and 2, 2 beats 1 and ties with 2: 2 + 1.5.
        assertThat(MannWhitney.u(new double[] {3, 2}, new double[] {1, 2})).isEqualTo(3.5);
    }

    @Test
    void theLargestTwoOfFiveHaveOneWayInTen() {
        // C(5, 2) = 10 ways to choose two of five numbers, of which one has the sum of ranks 4 + 5.
        assertThat(MannWhitney.pValueOfLarger(new double[] {4, 5}, new double[] {1, 2, 3}))
                .isCloseTo(0.1, within(1e-12));
        // Sums of at least 3 + 5: {4, 5} and {3, 5}.
        assertThat(MannWhitney.pValueOfLarger(new double[] {3, 5}, new double[] {1, 2, 4}))
                .isCloseTo(0.2, within(1e-12));
        // The least sum of ranks: every way is as large.
        assertThat(MannWhitney.pValueOfLarger(new double[] {1, 2}, new double[] {3, 4, 5}))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void tiesShareTheirRanks() {
        // Of 5, 5 against 5, 1 the mid-ranks are 3, 3, 3, 1: sums of two are 6 in three of six ways and 4 in the
        // others; theirs is 6.
        assertThat(MannWhitney.pValueOfLarger(new double[] {5, 5}, new double[] {5, 1}))
                .isCloseTo(0.5, within(1e-12));
        assertThat(MannWhitney.pValueOfLarger(new double[] {7, 7}, new double[] {7, 7, 7}))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void equalsTheEnumerationOfAllWays() {
        Random random = new Random(5);
        for (int repetition = 0; repetition < 40; repetition++) {
            int n = 1 + random.nextInt(5);
            // Few different numbers, so that most have ties.
            double[] all = random.ints(n + 1 + random.nextInt(6), 0, 6)
                    .asDoubleStream()
                    .toArray();
            double[] first = Arrays.copyOf(all, n);
            double[] second = Arrays.copyOfRange(all, n, all.length);
            double u = MannWhitney.u(first, second);
            long ways = 0;
            long asLarge = 0;
            for (int chosen = 0; chosen < 1 << all.length; chosen++) {
                if (Integer.bitCount(chosen) == n) {
                    int of = chosen;
                    double[] own = IntStream.range(0, all.length)
                            .filter(i -> (of >> i & 1) == 1)
                            .mapToDouble(i -> all[i])
                            .toArray();
                    double[] others = IntStream.range(0, all.length)
                            .filter(i -> (of >> i & 1) == 0)
                            .mapToDouble(i -> all[i])
                            .toArray();
                    ways++;
                    asLarge += MannWhitney.u(own, others) >= u ? 1 : 0;
                }
            }

            assertThat(MannWhitney.pValueOfLarger(first, second))
                    .as(Arrays.toString(first) + " against " + Arrays.toString(second))
                    .isCloseTo((double) asLarge / ways, within(1e-12));
        }
    }

    @Test
    void fewAboveThousandsAreSurerThanANormalDistributionKnows() {
        double[] first = {1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3};
        double[] second = IntStream.range(0, 4000).asDoubleStream().toArray();

        // One of C(4004, 4) ways: 24 / (4004 · 4003 · 4002 · 4001).
        assertThat(MannWhitney.pValueOfLarger(first, second))
                .isCloseTo(24 / (4004.0 * 4003 * 4002 * 4001), within(1e-18));
    }

    @Test
    void manyNumbersAreTestedByTheNormalDistribution() {
        // 400 against 400, alternating: U is half of all pairs less 200, z = (−200 − 0.5)/√(400·400·801/12) = −0.0613.
        double[] first = IntStream.range(0, 400).mapToDouble(i -> 2 * i).toArray();
        double[] second = IntStream.range(0, 400).mapToDouble(i -> 2 * i + 1).toArray();

        assertThat(MannWhitney.pValueOfLarger(first, second)).isCloseTo(0.5245, within(1e-4));
    }

    @Test
    void smallPValuesAreNeverTooFrequent() {
        Random random = new Random(11);
        int[] below = new int[3];
        double[] levels = {0.01, 0.05, 0.2};
        for (int run = 0; run < 4000; run++) {
            double p = MannWhitney.pValueOfLarger(
                    random.doubles(4).toArray(), random.doubles(20).toArray());
            for (int level = 0; level < levels.length; level++) {
                below[level] += p <= levels[level] ? 1 : 0;
            }
        }

        for (int level = 0; level < levels.length; level++) {
            // Three standard deviations of a binomial share.
            double most = levels[level] + 3 * Math.sqrt(levels[level] * (1 - levels[level]) / 4000);
            assertThat(below[level] / 4000.0).isLessThanOrEqualTo(most).isGreaterThan(levels[level] / 2);
        }
    }

    @Test
    void nothingIsTestedWithoutNumbers() {
        assertThat(MannWhitney.pValueOfLarger(new double[0], new double[] {1})).isNaN();
        assertThat(MannWhitney.pValueOfLarger(new double[] {1}, new double[0])).isNaN();
        assertThat(MannWhitney.pValueOfLarger(new double[] {Double.NaN}, new double[] {1}))
                .isNaN();
    }
}
