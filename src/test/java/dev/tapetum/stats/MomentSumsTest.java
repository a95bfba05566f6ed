package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentSumsTest {
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 100, 0.05, 30, 7);

    /** Sums of at most a hundred doubles in another order: a few units in the last place of the largest partial sum. */
    private static final double ROUNDING = 1e-9;

    private final PoissonWeights weights = new PoissonWeights(SETTINGS);

    private MomentSums of(List<Double> values, int from, int to) {
        MomentSums sums = new MomentSums(weights);
        for (int i = from; i < to; i++) {
            sums.add(values.get(i), weights.bucket("image " + i));
        }

        return sums;
    }

    @Test
    void meanAndSpreadOfFourNumbers() {
        // 1, 2, 3, 6: mean 3, squared deviations 4 + 1 + 0 + 9 = 14, spread √(14/3).
        MomentSums sums = of(List.of(1.0, 2.0, 3.0, 6.0), 0, 4);

        assertThat(sums.n()).isEqualTo(4);
        assertThat(sums.mean(4).value()).isEqualTo(3);
        assertThat(sums.spread(4).value()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-12));
    }

    /** Weights 3, 1 and 0.5: 4.5² / (9 + 1 + 0.25) = 20.25 / 10.25; without the last 4² / 10. */
    @Test
    void unequalWeightsTellAsMuchAsFewerImages() {
        MomentSums sums = new MomentSums(weights);
        assertThat(sums.effectiveImages()).isZero();
        sums.add(7, 3, 0);
        sums.add(8, 1, 1);
        sums.add(Double.NaN, 100, 2);
        MomentSums last = new MomentSums(weights);
        last.add(9, 0.5, 1);
        assertThat(last.effectiveImages()).isEqualTo(1);
        sums.merge(last);

        assertThat(sums.effectiveImages()).isCloseTo(20.25 / 10.25, within(ROUNDING));
        assertThat(sums.minus(last).effectiveImages()).isCloseTo(1.6, within(ROUNDING));
    }

    /**
     * One cluster of 1,000 images that stand for ten each and 99 of one image: 10,099² / (10,000² + 99) = 1.02; what shares a bucket
     * with the large one, 0.05 images in the mean, changes Σw² by 1e-5 of itself. Its images alone would be 10,099² / 100,099 = 1,019. A
     * hundred clusters of 5 · 2 images are as many, up to √(2/B), 3%. Four standard errors are allowed.
     */
    @Test
    void clustersCountByTheImagesThatTheyStandForTogether() {
        MomentSums unequal = new MomentSums(weights);
        MomentSums equal = new MomentSums(weights);
        assertThat(equal.effectiveClusters(0)).isZero();
        for (int cluster = 0; cluster < 100; cluster++) {
            int bucket = weights.bucket("patient " + cluster);
            for (int i = 0; i < (cluster == 0 ? 1000 : 1); i++) {
                unequal.add(i, cluster == 0 ? 10 : 1, bucket);
            }

            for (int i = 0; i < 5; i++) {
                equal.add(i, 2, bucket);
            }
        }

        assertThat(unequal.effectiveClusters(100)).isCloseTo(1.0199, within(1e-3));
        assertThat(unequal.effectiveImages()).isCloseTo(10_099.0 * 10_099 / 100_099, within(1000 * ROUNDING));
        assertThat(equal.effectiveClusters(1000))
                .isCloseTo(100, within(4 * 100 * Math.sqrt(2.0 / PoissonWeights.BUCKETS)));
        assertThat(equal.effectiveClusters(40)).isEqualTo(40);
    }

    /** 20,000 clusters of 1 to 3 images: (2 · 20,000)² / (14/3 · 20,000) = 17,143 of equal weight, of which ten share each bucket. */
    @Test
    void manyMoreClustersThanBucketsAreCountedToo() {
        MomentSums sums = new MomentSums(weights);
        for (int cluster = 0; cluster < 20_000; cluster++) {
            for (int i = 0; i <= cluster % 3; i++) {
                sums.add(i, weights.bucket("patient " + cluster));
            }
        }

        assertThat(sums.effectiveClusters(20_000))
                .isCloseTo(17_143, within(4 * 17_143 * Math.sqrt(2.0 / PoissonWeights.BUCKETS)));
    }

    @Test
    void aReplicateIsTheWeightedMean() {
        List<Double> values = List.of(1.0, 2.0, 3.0, 6.0);
        MomentSums sums = of(values, 0, 4);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < 4; i++) {
            byte ofImage = weights.weights(weights.bucket("image " + i))[17];
            sum += ofImage * values.get(i);
            weight += ofImage;
        }

        assertThat(sums.sum(17)).isEqualTo(sum);
        assertThat(sums.weight(17)).isEqualTo(weight);
    }

    @Property(tries = 50)
    void anySplitMergesToTheWholeAndTheWholeLessAPartIsTheRest(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @IntRange(min = 0, max = 40) int at) {
        int cut = Math.min(at, values.size());
        MomentSums whole = of(values, 0, values.size());
        MomentSums left = of(values, 0, cut);
        MomentSums right = of(values, cut, values.size());
        MomentSums rest = whole.minus(left);
        left.merge(right);

        for (int r = -1; r < SETTINGS.bootstrap(); r++) {
            assertThat(left.weight(r)).isEqualTo(whole.weight(r));
            assertThat(left.sum(r)).isCloseTo(whole.sum(r), within(ROUNDING));
            assertThat(left.squares(r)).isCloseTo(whole.squares(r), within(100 * ROUNDING));
            assertThat(rest.weight(r)).isEqualTo(right.weight(r));
            assertThat(rest.sum(r)).isCloseTo(right.sum(r), within(ROUNDING));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotANumberIsNotCounted(double nothing) {
        MomentSums sums = of(List.of(1.0, nothing, 3.0), 0, 3);

        assertThat(sums.n()).isEqualTo(2);
        assertThat(sums.mean(2).value()).isEqualTo(2);
    }

    @Test
    void aConstantHasNoSpreadAndNoGapWhateverTheRounding() {
        List<Double> constant = Collections.nCopies(90, 0.1);
        MomentSums group = of(constant, 0, 31);
        MomentSums others = of(constant, 0, 90).minus(group);

        assertThat(others.spread(59).value()).isZero();
        assertThat(group.mean(31).minus(others.mean(59)).value()).isZero();
        assertThat(group.mean(31).minus(others.mean(59)).pValue(0.95)).isEqualTo(1);
    }

    @Test
    void fewNumbersHaveNoInterval() {
        assertThat(of(List.of(), 0, 0).mean(0).value()).isNaN();
        assertThat(of(List.of(), 0, 0).mean(0).percentile(0.95)).isEqualTo(Interval.NONE);
        assertThat(of(List.of(5.0), 0, 1).mean(1).value()).isEqualTo(5);
        assertThat(of(List.of(5.0), 0, 1).mean(1).percentile(0.95)).isEqualTo(Interval.NONE);
        assertThat(of(List.of(5.0), 0, 1).spread(1).value()).isNaN();
    }

    @Test
    void theIntervalOfASkewedMeanAndOfASpreadCoverAsOftenAsTheySay() {
        // Exponential(1) has mean and standard deviation 1; 60 of them. The spread of so skewed a distribution is the
        // hardest case that we meet: every percentile interval falls short of 95% there.
        int simulations = 1000;
        SplittableRandom random = new SplittableRandom(4);
        PoissonWeights quick = new PoissonWeights(Simulation.SETTINGS);
        int means = 0;
        int spreads = 0;
        for (int i = 0; i < simulations; i++) {
            MomentSums sums = new MomentSums(quick);
            for (int j = 0; j < 60; j++) {
                sums.add(-Math.log(1 - random.nextDouble()), quick.bucket(i + "/" + j));
            }

            Interval mean = sums.mean(60).percentile(0.95);
            Interval spread = sums.spread(60).percentile(0.95);
            means += mean.low() <= 1 && 1 <= mean.high() ? 1 : 0;
            spreads += spread.low() <= 1 && 1 <= spread.high() ? 1 : 0;
        }

        assertThat((double) means / simulations).isBetween(0.92, 0.97);
        assertThat((double) spreads / simulations).isBetween(0.80, 0.97);
    }

    /** 20,000 images in 2,048 buckets: some ten of them share their weights, and the interval is as long as if they did not. */
    @Test
    void manyMoreImagesThanBucketsAreCoveredAsOften() {
        int simulations = 400;
        int images = 20_000;
        SplittableRandom random = new SplittableRandom(5);
        PoissonWeights quick = new PoissonWeights(Simulation.SETTINGS);
        int covered = 0;
        double length = 0;
        for (int i = 0; i < simulations; i++) {
            MomentSums sums = new MomentSums(quick);
            for (int j = 0; j < images; j++) {
                sums.add(-Math.log(1 - random.nextDouble()), quick.bucket(i + "/" + j));
            }

            Interval mean = sums.mean(images).percentile(0.95);
            covered += mean.low() <= 1 && 1 <= mean.high() ? 1 : 0;
            length += (mean.high() - mean.low()) / simulations;
        }

        // Four standard errors of 1.1 points; 2 · 1.96 / √20,000 = 0.0277, known to 1.6% by bucket and as much by
        // replicate.
        assertThat((double) covered / simulations).isBetween(0.95 - 0.044, 0.95 + 0.044);
        assertThat(length).isCloseTo(0.0277, within(0.0277 * 0.02));
    }
}
