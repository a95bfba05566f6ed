package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoissonWeightsTest {
    private static final int BUCKETS = PoissonWeights.BUCKETS;
    private static final int REPLICATES = 500;
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, REPLICATES, 0.05, 30, 7);

    /** 99.9999th percentile of chi-square with 6 degrees of freedom. */
    private static final double CHI_SQUARE_6 = 40.5;

    private final byte[][] weights = weights(SETTINGS);

    private static byte[][] weights(StatisticsSettings settings) {
        byte[][] weights = new byte[BUCKETS][];
        Arrays.setAll(weights, new PoissonWeights(settings)::weights);
        return weights;
    }

    @Test
    void countsFollowPoissonOne() {
        long[] counts = new long[7];
        for (byte[] bucket : weights) {
            for (byte weight : bucket) {
                counts[Math.min(6, weight)]++;
            }
        }

        double[] probabilities = new double[7];
        double probability = Math.exp(-1);
        double rest = 1;
        for (int k = 0; k < 6; k++) {
            probabilities[k] = probability;
            rest -= probability;
            probability /= k + 1;
        }

        probabilities[6] = rest;
        assertThat(Simulation.chiSquare(counts, probabilities)).isLessThan(CHI_SQUARE_6);
    }

    @Test
    void everyReplicateHasMeanAndVarianceOneOverTheBuckets() {
        // The mean of 2,048 Poisson(1) has standard deviation 0.022, their variance 0.039; 500 replicates: 5
        // deviations.
        for (int r = 0; r < REPLICATES; r++) {
            double sum = 0;
            double squares = 0;
            for (byte[] bucket : weights) {
                sum += bucket[r];
                squares += bucket[r] * bucket[r];
            }

            double mean = sum / BUCKETS;
            assertThat(mean).isBetween(1 - 0.112, 1 + 0.112);
            assertThat(squares / BUCKETS - mean * mean).isBetween(1 - 0.2, 1 + 0.2);
        }
    }

    @Test
    void neighboursInReplicateAndInBucketAreUncorrelated() {
        double replicates = 0;
        double buckets = 0;
        for (int bucket = 1; bucket < BUCKETS; bucket++) {
            for (int r = 1; r < REPLICATES; r++) {
                double here = weights[bucket][r] - 1;
                replicates += here * (weights[bucket][r - 1] - 1);
                buckets += here * (weights[bucket - 1][r] - 1);
            }
        }

        // Each product has variance 1, so the mean of a million has standard deviation 0.001; five of them.
        double pairs = (BUCKETS - 1.0) * (REPLICATES - 1);
        assertThat(replicates / pairs).isBetween(-0.005, 0.005);
        assertThat(buckets / pairs).isBetween(-0.005, 0.005);
    }

    @Test
    void theBucketsOfUnitsAreFilledEvenly() {
        PoissonWeights poisson = new PoissonWeights(SETTINGS);
        long[] counts = new long[BUCKETS];
        for (int unit = 0; unit < 100 * BUCKETS; unit++) {
            counts[poisson.bucket("images/" + unit + ".jpg")]++;
        }

        double[] even = new double[BUCKETS];
        Arrays.fill(even, 1.0 / BUCKETS);
        // Chi-square with 2,047 degrees of freedom has standard deviation 64; five of them.
        assertThat(Simulation.chiSquare(counts, even)).isBetween(2047 - 320.0, 2047 + 320.0);
    }

    @Test
    void anotherSeedGivesOtherBucketsAndOtherWeights() {
        PoissonWeights other = new PoissonWeights(new StatisticsSettings(0.95, REPLICATES, 0.05, 30, 8));
        PoissonWeights same = new PoissonWeights(SETTINGS);

        assertThat(other.weights(0)).isNotEqualTo(weights[0]);
        assertThat(other.bucket("images/0.jpg")).isNotEqualTo(same.bucket("images/0.jpg"));
    }

    /** Three buckets in slots of another order, the third with nothing in it: Σ X_b,r s_b by hand, of two statistics. */
    @Test
    void replicatesAreTheWeightedSumsOfTheBuckets() {
        BucketSlots slots = new BucketSlots();
        for (int bucket : new int[] {1999, 4, 17}) {
            slots.slot(bucket);
        }

        double[][] replicates = new PoissonWeights(SETTINGS)
                .replicates(slots, List.of(new double[] {2, 3, 0}, new double[] {-1, 0.5, 0}));

        for (int r = 0; r < REPLICATES; r++) {
            assertThat(replicates[0][r]).isEqualTo(2 * weights[1999][r] + 3 * weights[4][r]);
            assertThat(replicates[1][r]).isEqualTo(-weights[1999][r] + 0.5 * weights[4][r]);
        }
    }

    /** 32,769 replicates and more are not kept, and the same. */
    @Test
    void weightsThatAreDrawnAgainAreTheSame() {
        StatisticsSettings many = new StatisticsSettings(0.95, 40_000, 0.05, 30, 7);
        BucketSlots slots = new BucketSlots();
        slots.slot(5);
        double[] replicates = new PoissonWeights(many).replicates(slots, List.of(new double[] {1}))[0];

        for (int r = 0; r < REPLICATES; r++) {
            assertThat(replicates[r]).isEqualTo(weights[5][r]);
        }
    }

    @Test
    void theFirstWeightsNeverChangeBetweenVersions() {
        // Written down when weights became those of buckets: stored runs are compared with later ones.
        assertThat(Arrays.copyOf(weights[0], 8)).containsExactly(FIRST_WEIGHTS);
        assertThat(new PoissonWeights(SETTINGS).bucket("images/0.jpg")).isEqualTo(FIRST_BUCKET);
    }

    private static final byte[] FIRST_WEIGHTS = {0, 1, 1, 0, 0, 0, 0, 0};
    private static final int FIRST_BUCKET = 1734;
}
