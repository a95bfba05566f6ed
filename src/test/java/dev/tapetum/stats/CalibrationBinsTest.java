package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationBinsTest {
    private static final StatisticsSettings SETTINGS = Simulation.SETTINGS;
    private final PoissonWeights weights = new PoissonWeights(SETTINGS);

    private void add(CalibrationBins bins, double confidence, boolean correct, String name) {
        bins.add(confidence, correct, weights.bucket(name));
    }

    private CalibrationBins fourImages() {
        // Bin (9/15, 10/15]: 0.62 wrong, 0.64 right; bin (14/15, 1]: 0.95 right, 0.97 wrong.
        CalibrationBins bins = new CalibrationBins(weights);
        add(bins, 0.62, false, "a");
        add(bins, 0.64, true, "b");
        add(bins, 0.95, true, "c");
        add(bins, 0.97, false, "d");
        return bins;
    }

    @Test
    void theExpectedErrorByHand() {
        // Accuracy ½ against confidence 0.63 and 0.96: ½·0.13 + ½·0.46.
        assertThat(fourImages().n()).isEqualTo(4);
        assertThat(fourImages().expected(4).value()).isCloseTo(0.295, within(1e-12));
    }

    @Test
    void theDebiasedErrorByHand() {
        // Residuals −0.62, 0.36: mean −0.13, s² = 2·0.49² = 0.4802, mean² − s²/2 = 0.0169 − 0.2401.
        // Residuals 0.05, −0.97: mean −0.46, s² = 2·0.51² = 0.5202, mean² − s²/2 = 0.2116 − 0.2601.
        // Both are below zero and so is their average: the error is all noise.
        assertThat(fourImages().debiased(4).value()).isZero();

        // Three images at 0.9 of which none is right: s² = 0, nothing is taken off.
        CalibrationBins certain = new CalibrationBins(weights);
        add(certain, 0.9, false, "a");
        add(certain, 0.9, false, "b");
        add(certain, 0.9, false, "c");
        assertThat(certain.debiased(3).value()).isCloseTo(0.9, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"0.0666, 0.0667, false", "0, 0.01, true", "0.94, 1, true", "0.6, 0.6001, false", "0.5999, 0.6, true"})
    void binsAreClosedAtTheirUpperEnd(double first, double second, boolean same) {
        // One right and one wrong: in one bin the residuals cancel, in two they add up.
        CalibrationBins bins = new CalibrationBins(weights);
        add(bins, first, true, "a");
        add(bins, second, false, "b");

        double together = Math.abs(1 - first - second) / 2;
        double apart = (1 - first + second) / 2;
        assertThat(bins.expected(2).value()).isCloseTo(same ? together : apart, within(1e-12));
    }

    @Test
    void aMissingConfidenceIsNotCountedAndNothingHasNoError() {
        CalibrationBins bins = new CalibrationBins(weights);
        assertThat(bins.expected(0).value()).isNaN();
        assertThat(bins.debiased(0).value()).isNaN();

        add(bins, Double.NaN, true, "a");
        assertThat(bins.n()).isZero();
    }

    @Test
    void oneImageHasAnErrorButNoDebiasedOne() {
        CalibrationBins bins = new CalibrationBins(weights);
        add(bins, 0.7, true, "a");

        assertThat(bins.expected(1).value()).isCloseTo(0.3, within(1e-12));
        assertThat(bins.debiased(1).value()).isZero();
    }

    @Test
    void partsMergeAndSubtract() {
        CalibrationBins left = new CalibrationBins(weights);
        add(left, 0.62, false, "a");
        add(left, 0.97, false, "d");
        CalibrationBins right = new CalibrationBins(weights);
        add(right, 0.64, true, "b");
        add(right, 0.95, true, "c");
        double ofLeft = left.expected(2).value();
        CalibrationBins rest = fourImages().minus(right);
        left.merge(right);

        assertThat(left.expected(4).value()).isCloseTo(0.295, within(1e-12));
        assertThat(rest.n()).isEqualTo(2);
        assertThat(rest.expected(2).value()).isCloseTo(ofLeft, within(1e-12));
    }

    /** Images whose confidence is too high by the shift; they are calibrated when it is 0. */
    private CalibrationBins simulated(SplittableRandom random, int images, double shift, String name) {
        CalibrationBins bins = new CalibrationBins(weights);
        for (int i = 0; i < images; i++) {
            double confidence = 0.5 + 0.5 * random.nextDouble();
            add(bins, confidence, random.nextDouble() < confidence - shift, name + i);
        }

        return bins;
    }

    @Test
    void theDebiasedErrorOfCalibratedImagesIsMuchSmallerThanThePlainOne() {
        SplittableRandom random = new SplittableRandom(6);
        double plain = 0;
        double debiased = 0;
        for (int i = 0; i < 200; i++) {
            CalibrationBins bins = simulated(random, 100, 0, "calibrated " + i + "/");
            plain += bins.expected(100).value() / 200;
            debiased += bins.debiased(100).value() / 200;
        }

        // Plain: E|mean residual| in some 8 bins of 12 images, √(2/π)·√(0.19/12) = 0.10.
        assertThat(plain).isBetween(0.07, 0.13);
        assertThat(debiased).isLessThan(0.6 * plain);
    }

    @Test
    void theIntervalOfAMiscalibratedGroupCoversAsOftenAsItSays() {
        // Shifted by 0.15 everywhere: expected and root-mean-square error are both 0.15.
        int simulations = 400;
        SplittableRandom random = new SplittableRandom(8);
        int expected = 0;
        int debiased = 0;
        for (int i = 0; i < simulations; i++) {
            CalibrationBins bins = simulated(random, 400, 0.15, "shifted " + i + "/");
            Interval plain = bins.expected(400).basic(0.95);
            Interval corrected = bins.debiased(400).basic(0.95);
            expected += plain.low() <= 0.15 && 0.15 <= plain.high() ? 1 : 0;
            debiased += corrected.low() <= 0.15 && 0.15 <= corrected.high() ? 1 : 0;
        }

        assertThat((double) expected / simulations).isBetween(0.90, 0.99);
        assertThat((double) debiased / simulations).isBetween(0.90, 0.99);
    }
}
