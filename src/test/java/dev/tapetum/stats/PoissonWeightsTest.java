package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoissonWeightsTest {
    private static final int UNITS = 2000;
    private static final int REPLICATES = 500;
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, REPLICATES, 0.05, 30, 7);

    /** 99.9999th percentile of chi-square with 6 degrees of freedom. */
    private static final double CHI_SQUARE_6 = 40.5;

    private final double[][] weights = weights(SETTINGS);

    private static double[][] weights(StatisticsSettings settings) {
        double[][] weights = new double[UNITS][settings.bootstrap()];
        PoissonWeights poisson = new PoissonWeights(settings);
        for (int unit = 0; unit < UNITS; unit++) {
            poisson.draw("images/" + unit + ".jpg", weights[unit]);
        }

        return weights;
    }

    @Test
    void countsFollowPoissonOne() {
        long[] counts = new long[7];
        for (double[] unit : weights) {
            for (double weight : unit) {
                counts[(int) Math.min(6, weight)]++;
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
    void everyReplicateHasMeanAndVarianceOneOverTheUnits() {
        // The mean of 2,000 Poisson(1) has standard deviation 0.022, their variance 0.039; 500 replicates: 5
        // deviations.
        for (int r = 0; r < REPLICATES; r++) {
            double sum = 0;
            double squares = 0;
            for (double[] unit : weights) {
                sum += unit[r];
                squares += unit[r] * unit[r];
            }

            double mean = sum / UNITS;
            assertThat(mean).isBetween(1 - 0.112, 1 + 0.112);
            assertThat(squares / UNITS - mean * mean).isBetween(1 - 0.2, 1 + 0.2);
        }
    }

    @Test
    void neighboursInReplicateAndInNameAreUncorrelated() {
        double replicates = 0;
        double names = 0;
        for (int unit = 1; unit < UNITS; unit++) {
            for (int r = 1; r < REPLICATES; r++) {
                double here = weights[unit][r] - 1;
                replicates += here * (weights[unit][r - 1] - 1);
                names += here * (weights[unit - 1][r] - 1);
            }
        }

        // Each product has variance 1, so the mean of a million has standard deviation 0.001; five of them.
        double pairs = (UNITS - 1.0) * (REPLICATES - 1);
        assertThat(replicates / pairs).isBetween(-0.005, 0.005);
        assertThat(names / pairs).isBetween(-0.005, 0.005);
    }

    @Test
    void aUnitHasTheSameWeightsWhateverWasDrawnBefore() {
        double[] alone = new double[REPLICATES];
        new PoissonWeights(SETTINGS).draw("images/1234.jpg", alone);

        assertThat(alone).isEqualTo(weights[1234]);
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        double[] other = new double[REPLICATES];
        new PoissonWeights(new StatisticsSettings(0.95, REPLICATES, 0.05, 30, 8)).draw("images/0.jpg", other);

        assertThat(other).isNotEqualTo(weights[0]);
    }

    @Test
    void theFirstWeightsNeverChangeBetweenVersions() {
        // Written down from the first version: stored runs are compared with later ones.
        double[] first = new double[8];
        System.arraycopy(weights[0], 0, first, 0, first.length);

        assertThat(first).containsExactly(FIRST_WEIGHTS);
    }

    private static final double[] FIRST_WEIGHTS = {2, 0, 2, 0, 2, 2, 0, 1};
}
