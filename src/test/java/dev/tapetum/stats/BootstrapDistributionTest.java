package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapDistributionTest {
    private static final double MANY = 1e9;

    /** 99 replicates 1.01, 1.02, …, 1.99 around 1.5: quantile p is 1 + p exactly. */
    private static BootstrapDistribution ladder(double value, double units) {
        double[] replicates = new double[99];
        Arrays.setAll(replicates, r -> 1 + (r + 1) / 100.0);
        return new BootstrapDistribution(value, value, replicates, units);
    }

    @Test
    void thePercentileIntervalIsThatOfTheReplicates() {
        Interval interval = ladder(1.4, MANY).percentile(0.9);

        assertThat(interval.low()).isCloseTo(1.05, within(1e-6));
        assertThat(interval.high()).isCloseTo(1.95, within(1e-6));
    }

    @Test
    void theBasicIntervalReflectsThem() {
        // 2·1.4 − 1.95 and 2·1.4 − 1.05.
        Interval interval = ladder(1.4, MANY).basic(0.9);

        assertThat(interval.low()).isCloseTo(0.85, within(1e-6));
        assertThat(interval.high()).isCloseTo(1.75, within(1e-6));
    }

    @Test
    void fewUnitsStretchTheDeviations() {
        // √(10/9)·t₉(0.95)/z(0.95) = 1.0541·1.8331/1.6449 = 1.17475; 1.5 ± 0.45 becomes 1.5 ± 0.52864.
        Interval interval = ladder(1.5, 10).percentile(0.9);

        assertThat(interval.low()).isCloseTo(1.5 - 0.52864, within(1e-4));
        assertThat(interval.high()).isCloseTo(1.5 + 0.52864, within(1e-4));
    }

    @Test
    void thePValueCountsAtLeastAsLargeDeviations() {
        // Value 0.5 with replicates around it: |deviation| ≥ 0.5 for 1.01−0.5 = 0.51 and all above.
        assertThat(ladder(0.5, MANY).pValue(0.95)).isEqualTo(1);

        // Value 0: every deviation is at least as large.
        assertThat(ladder(0, MANY).pValue(0.95)).isEqualTo(1);

        // Deviations −0.49, −0.48, …, 0.49 from 1.5: ten are at least 0.4.
        assertThat(around(0.3999, MANY).pValueAbove(0, 0.95)).isEqualTo(11.0 / 100);
    }

    /** The ladder, of which the value is that far from its centre. */
    private static BootstrapDistribution around(double value, double units) {
        double[] replicates = new double[99];
        Arrays.setAll(replicates, r -> (r - 49) / 100.0);
        return new BootstrapDistribution(value, 0, replicates, units);
    }

    @Test
    void whereFewReplicatesAreBeyondTheTailGoesOnByStudentsT() {
        // Nine are at least 0.41, and 0.40999/√0.0825 = 1.4274 standard errors: Φ(−1.4274) = 0.07673, less than 10/100.
        assertThat(around(0.40999, MANY).pValueAbove(0, 0.95)).isCloseTo(0.07673, within(1e-4));

        // None is as large as 2: 2·Φ(−6.9631) = 3.33e-12; with 9 degrees of freedom and √(10/9) more 2·t₉(−6.6057) =
        // 9.8e-5.
        assertThat(around(2, MANY).pValue(0.95)).isCloseTo(3.33e-12, withinPercentage(1));
        assertThat(around(-2, 10).pValue(0.95)).isCloseTo(9.87e-5, withinPercentage(1));
        assertThat(around(1e300, MANY).pValue(0.95)).isEqualTo(Double.MIN_NORMAL);
    }

    @Test
    void theTailIsNeverAboveWhatTheReplicatesSay() {
        // Of 3 units, t₂(−2.5/(√0.0825·√1.5)) = t₂(−7.107) = 0.0096 one-sided, but two-sided 0.0192 > 1/100.
        assertThat(around(2.5, 3).pValue(0.95)).isEqualTo(0.01);
    }

    @Test
    void skewedReplicatesHaveAThickerTailOnTheirThinSide() {
        // One in four is 1 and the others 0, less 0.25: skewness (1 − 2·0.25)/√(0.25·0.75) = 1.1547, error
        // √(0.1875·100/99) = 0.43519.
        double[] replicates = new double[100];
        Arrays.setAll(replicates, r -> r % 4 == 0 ? 0.75 : -0.25);
        BootstrapDistribution above = new BootstrapDistribution(1, 0, replicates, MANY);
        BootstrapDistribution below = new BootstrapDistribution(-1, 0, replicates, MANY);

        // T = 1/0.43519 = 2.2978, of which Φ(−T) = 0.0108 is more than with the correction upwards; and T − γT²/3 +
        // γ²T³/27 − γ/6 = 2.2978 − 2.0323 + 0.5991 − 0.1925 = 0.6722 on the
        // side of −1, where no replicate can be: Φ(−0.6722) = 0.2507.
        assertThat(above.tail(1)).isCloseTo(0.01079, within(1e-5));
        assertThat(below.tail(-1)).isCloseTo(0.2507, within(1e-4));
    }

    @Test
    void equalReplicatesHaveNoTail() {
        assertThat(new BootstrapDistribution(1, 1, new double[] {1, 1, 1}, MANY).pValue(0.95))
                .isEqualTo(0.25);
    }

    @Test
    void differencesAreTakenReplicateByReplicate() {
        BootstrapDistribution none = ladder(1.5, 40).minus(ladder(1.5, 50));

        assertThat(none.value()).isZero();
        assertThat(none.standardError()).isZero();
        assertThat(none.pValue(0.95)).isEqualTo(1);
    }

    @Test
    void theStandardErrorIsCorrectedForTheNumberOfUnits() {
        // 99 steps of 0.01 have variance 0.0001·99·100/12 = 0.0825.
        assertThat(ladder(1.5, MANY).standardError()).isCloseTo(Math.sqrt(0.0825), within(1e-6));
        assertThat(ladder(1.5, 5).standardError()).isCloseTo(Math.sqrt(0.0825 * 5 / 4), within(1e-6));
    }

    @Test
    void undefinedReplicatesAreLeftOutUntilTheyAreTooMany() {
        double[] replicates = new double[100];
        Arrays.setAll(replicates, r -> r < 10 ? Double.NaN : r);
        assertThat(new BootstrapDistribution(50, 50, replicates.clone(), MANY)
                        .percentile(0.95)
                        .method())
                .isEqualTo(IntervalMethod.POISSON_PERCENTILE);

        replicates[10] = Double.NaN;
        BootstrapDistribution tooMany = new BootstrapDistribution(50, 50, replicates, MANY);
        assertThat(tooMany.percentile(0.95)).isEqualTo(Interval.NONE);
        assertThat(tooMany.pValue(0.95)).isNaN();
        assertThat(tooMany.standardError()).isNaN();
    }

    @Test
    void oneUnitOrNoValueHasNoInterval() {
        assertThat(ladder(1.5, 1).percentile(0.95)).isEqualTo(Interval.NONE);
        assertThat(ladder(Double.NaN, 100).basic(0.95)).isEqualTo(Interval.NONE);
        assertThat(ladder(Double.NaN, 100).pValue(0.95)).isNaN();
    }

    private record Simulated(double covered, double[] pValues) {}

    /** The difference of two means that are equal, of images that come in clusters with a common shift. */
    private static Simulated simulate(int simulations, int clusters, int imagesPerCluster, boolean resampleClusters) {
        SplittableRandom random = new SplittableRandom(clusters);
        PoissonWeights weights = new PoissonWeights(Simulation.SETTINGS);
        double[] pValues = new double[simulations];
        int covered = 0;
        for (int i = 0; i < simulations; i++) {
            MomentSums[] groups = {new MomentSums(weights), new MomentSums(weights)};
            for (int c = 0; c < 2 * clusters; c++) {
                double shift = imagesPerCluster == 1 ? 0 : random.nextDouble();
                for (int j = 0; j < imagesPerCluster; j++) {
                    int bucket = weights.bucket(i + "/" + c + (resampleClusters ? "" : "/" + j));
                    groups[c % 2].add(shift + random.nextDouble(), bucket);
                }
            }

            double units = resampleClusters ? clusters : (double) clusters * imagesPerCluster;
            BootstrapDistribution difference = groups[0].mean((long) units).minus(groups[1].mean((long) units));
            Interval interval = difference.percentile(0.95);
            covered += interval.excludesZero() ? 0 : 1;
            pValues[i] = difference.pValue(0.95);
        }

        return new Simulated((double) covered / simulations, pValues);
    }

    @Test
    void pValuesOfIndependentImagesAreUniformUnderTheNull() {
        int simulations = 2000;
        Simulated simulated = simulate(simulations, 40, 1, false);

        assertThat(simulated.covered()).isBetween(0.93, 0.975);
        assertThat(Simulation.excess(simulated.pValues())).isLessThan(Simulation.slack(simulations));

        // Nor are they much too large: the stretch for 40 units costs at most some 3%.
        double small = Arrays.stream(simulated.pValues()).filter(p -> p <= 0.1).count() / (double) simulations;
        assertThat(small).isBetween(0.07, 0.13);
    }

    /** What the tail promises, where (1 + #)/(1 + 400) could not: under the null small p-values are as rare as they say. */
    @Test
    void farSmallerPValuesAreAsRareAsTheySay() {
        int simulations = 20_000;
        double[] pValues = simulate(simulations, 40, 1, false).pValues();

        for (double level : new double[] {0.05, 0.01, 0.001, 0.0001}) {
            double share = Arrays.stream(pValues).filter(p -> p <= level).count() / (double) simulations;
            assertThat(share).isLessThanOrEqualTo(level + 4 * Math.sqrt(level / simulations));
        }

        assertThat(Arrays.stream(pValues).filter(p -> p < 1.0 / 401).count()).isPositive();
    }

    @Test
    void clustersAsUnitsCoverWhereImagesAsUnitsWouldNot() {
        int simulations = 1000;
        Simulated clusters = simulate(simulations, 40, 10, true);
        Simulated images = simulate(simulations, 40, 10, false);

        assertThat(clusters.covered()).isBetween(0.92, 0.98);
        assertThat(Simulation.excess(clusters.pValues())).isLessThan(Simulation.slack(simulations));

        // The design effect of ten images that share half their variance is 5.5: intervals 2.3 times too short.
        assertThat(images.covered()).isLessThan(0.7);
    }
}
