package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import org.junit.jupiter.api.Test;

final class WeightedMeanTest {

    private static final double ROUNDING = 1e-12;

    @Test
    void withEqualWeightsItIsTheMeanAndStudentsInterval() {
        // 1, 2, 3, 6: mean 3, sample variance 14/3, standard error √(14/12) = 1.0801; t of 3 degrees at 95% is
        // 3.182446.
        WeightedMean mean = of(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 6});
        Interval interval = mean.interval(0.95);

        assertThat(mean.value()).isCloseTo(3, within(ROUNDING));
        assertThat(interval.high() - 3).isCloseTo(3.182446 * Math.sqrt(14 / 12.0), within(1e-5));
        assertThat(3 - interval.low()).isCloseTo(interval.high() - 3, within(ROUNDING));
        assertThat(interval.method()).isEqualTo(IntervalMethod.STUDENT);
    }

    @Test
    void aWeightOfTwoCountsTwiceAndLeavesFewerEffectiveUnits() {
        // (2·1 + 4 + 4) / 4 = 2.5; residuals w(x − 2.5) = −3, 1.5 and 1.5: error √(13.5 · 3/2) / 4 = 1.125.
        WeightedMean mean = of(new double[] {2, 1, 1}, new double[] {1, 4, 4});

        assertThat(mean.value()).isCloseTo(2.5, within(ROUNDING));
        // Kish: 4² / 6 = 8/3 units; t of 5/3 degrees at 95% is 5.24227 (scipy), where that of two degrees would be
        // 4.30.
        assertThat(mean.interval(0.95).high() - 2.5).isCloseTo(5.24227 * 1.125, within(1e-3));
    }

    /** Ten units of which one stands for a hundred: 109² / 10009 = 1.19, from which no interval follows. */
    @Test
    void whatHangsOnOneUnitHasNoInterval() {
        double[] weights = {100, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        double[] values = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

        assertThat(of(weights, values).interval(0.95)).isEqualTo(Interval.NONE);
    }

    @Test
    void oneUnitHasNoIntervalAndEqualNumbersAreCertain() {
        assertThat(of(new double[] {3}, new double[] {0.4}).interval(0.95)).isEqualTo(Interval.NONE);

        Interval certain =
                of(new double[] {1, 5, 2}, new double[] {0.4, 0.4, 0.4}).interval(0.95);
        assertThat(certain.high()).isCloseTo(0.4, within(ROUNDING));
        assertThat(certain.low()).isCloseTo(0.4, within(ROUNDING));
    }

    /** 1, 2, 3, 6: t = 3 / √(14/12) = 2.777460 with 3 degrees of freedom, p = 0.069137 (scipy). */
    @Test
    void thePValueIsThatOfStudentsTwoSidedTestOfZero() {
        assertThat(of(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 6}).pValue())
                .isCloseTo(0.069137, within(1e-5));
        assertThat(of(new double[] {1, 1, 1, 1}, new double[] {-1, -2, -3, -6}).pValue())
                .isCloseTo(0.069137, within(1e-5));
    }

    @Test
    void whereNothingTellsHowNumbersSpreadThereIsNoPValue() {
        assertThat(of(new double[] {3}, new double[] {0.4}).pValue()).isNaN();
        assertThat(of(new double[] {100, 1, 1}, new double[] {0.1, 0.2, 0.3}).pValue())
                .isNaN();
        assertThat(of(new double[] {1, 5, 2}, new double[] {0.4, 0.4, 0.4}).pValue())
                .isNaN();
        assertThat(of(new double[] {1, 5, 2}, new double[] {0, 0, 0}).pValue()).isEqualTo(1);
    }

    /**
     * 2,000 populations of which units are drawn with different probabilities: the interval of the weighted mean covers the
     * population's mean as often as it says. The standard error of a coverage of 95% is 0.5 points; three of them are allowed, and
     * half a point more for the linearisation.
     */
    @Test
    void intervalsCoverThePopulationsMean() {
        int trials = 2000;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            SplitMix64 random = new SplitMix64(trial);
            double total = 0;
            int size = 3000;
            double[] sums = new double[5];
            long drawn = 0;
            for (int i = 0; i < size; i++) {
                boolean rare = random.nextDouble() < 0.1;
                double x = (rare ? 0.6 : 0.2) + 0.1 * random.nextNormal();
                double probability = rare ? 0.3 : 0.04;
                total += x;
                if (random.nextDouble() < probability) {
                    double w = 1 / probability;
                    sums[0] += w;
                    sums[1] += w * x;
                    sums[2] += w * w;
                    sums[3] += w * w * x;
                    sums[4] += w * w * x * x;
                    drawn++;
                }
            }

            Interval interval = new WeightedMean(drawn, sums[0], sums[1], sums[2], sums[3], sums[4]).interval(0.95);
            covered += interval.low() <= total / size && total / size <= interval.high() ? 1 : 0;
        }

        assertThat(covered / (double) trials).isBetween(0.93, 0.97);
    }

    private static WeightedMean of(double[] weights, double[] values) {
        double[] sums = new double[5];
        for (int i = 0; i < weights.length; i++) {
            double y = weights[i] * values[i];
            sums[0] += weights[i];
            sums[1] += y;
            sums[2] += weights[i] * weights[i];
            sums[3] += weights[i] * y;
            sums[4] += y * y;
        }

        return new WeightedMean(weights.length, sums[0], sums[1], sums[2], sums[3], sums[4]);
    }
}
