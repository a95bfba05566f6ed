package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonWithBestTest {
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 300, 0.05, 30, 7);

    private static BootstrapDistribution rate(long successes, long trials, String name, int seed) {
        return new ContingencyBootstrap(new StatisticsSettings(0.95, 300, 0.05, 30, seed))
                .rate(new Proportion(successes, trials), name);
    }

    /**
     * 1,000 audits of five equal groups of 80 images: p ≤ x in no more than a share x of them. Four standard errors at 0.05 are 2.8%, at
     * 0.2 5.1%, at 0.01 1.3%, where the tail is Student's.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.3, 0.9})
    void pValuesAreSuperUniformWhenAllGroupsAreEqual(double share) {
        int runs = 1000;
        int atFive = 0;
        int atTwenty = 0;
        int atHundredth = 0;
        SplittableRandom random = new SplittableRandom(9);
        for (int run = 0; run < runs; run++) {
            List<BootstrapDistribution> groups = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                groups.add(rate(BinomialSampler.sample(80, share, random), 80, "group " + i, run));
            }

            double p = new ComparisonWithBest(groups, true, 0.95).pValue(2);
            atFive += p <= 0.05 ? 1 : 0;
            atHundredth += p <= 0.01 ? 1 : 0;
            atTwenty += p <= 0.2 ? 1 : 0;
        }

        assertThat(atFive).isLessThanOrEqualTo(78);
        assertThat(atHundredth).isLessThanOrEqualTo(22);
        assertThat(atTwenty).isLessThanOrEqualTo(251);
    }

    /** The true deficit of the group of 0.6 is 0.2, of that of 0.8 zero, in at least 95% of 400 audits less four standard errors. */
    @Test
    void intervalsCoverTheDeficit() {
        double[] rates = {0.8, 0.78, 0.6};
        int[] covered = new int[3];
        SplittableRandom random = new SplittableRandom(10);
        for (int run = 0; run < 400; run++) {
            List<BootstrapDistribution> groups = new ArrayList<>();
            for (int i = 0; i < rates.length; i++) {
                groups.add(rate(BinomialSampler.sample(150, rates[i], random), 150, "group " + i, run));
            }

            ComparisonWithBest comparison = new ComparisonWithBest(groups, true, 0.95);
            for (int i = 0; i < rates.length; i++) {
                Interval interval = comparison.interval(i);
                double truth = rates[i] - 0.8;
                covered[i] += interval.low() <= truth + 1e-12 && truth - 1e-12 <= interval.high() ? 1 : 0;
            }
        }

        assertThat(Arrays.stream(covered).boxed())
                .allSatisfy(runs -> assertThat(runs).isGreaterThanOrEqualTo(363));
    }

    @Test
    void theBestIsTheSmallestWhereLessIsBetter() {
        List<BootstrapDistribution> groups = List.of(
                new ContingencyBootstrap(SETTINGS).rate(new Proportion(40, 100), "a"),
                new ContingencyBootstrap(SETTINGS).rate(new Proportion(5, 100), "b"));
        ComparisonWithBest comparison = new ComparisonWithBest(groups, false, 0.95);

        assertThat(comparison.best()).isEqualTo(1);
        // Some 0.35/√(0.24/100 + 0.05/100) = 6.5 standard errors, more than 300 replicates can show.
        assertThat(comparison.pValue(0)).isBetween(1e-12, 1e-8);
        assertThat(comparison.interval(0).low()).isPositive();
        assertThat(comparison.pValue(1)).isEqualTo(1);
        assertThat(comparison.interval(1).low()).isZero();
    }

    @Test
    void aGroupWithoutReplicatesHasNoVerdict() {
        BootstrapDistribution one = new BootstrapDistribution(0.5, 0.5, new double[] {0.4, 0.6}, 1);
        ComparisonWithBest comparison = new ComparisonWithBest(List.of(one, one), true, 0.95);

        assertThat(comparison.pValue(0)).isNaN();
        assertThat(comparison.interval(1)).isEqualTo(Interval.NONE);
    }
}
