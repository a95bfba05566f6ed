package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.model.LinearModel;
import org.junit.jupiter.api.Test;

/** Pixels 0.5 and 1 with weights 4 and 1: attributions 2 and 1, logits 3, 1, 0 as they are taken away in that order. */
final class PerturbationCurveTest {

    private static final LinearModel MODEL = Measuring.row(4, 1);
    private static final float[] PIXELS = {0.5f, 1};
    private static final Attributor METHOD = new InputXGradient();
    private static final Baseline BLACK = new Baseline.Black();
    /** The logits are computed in single precision. */
    private static final double TOLERANCE = 1e-6;

    @Test
    void deletionTakesTheImportantPixelsFirst() {
        double expected = (sigmoid(3) / 2 + sigmoid(1) + sigmoid(0) / 2) / 2;

        assertThat(measure(new Deletion(BLACK, 2))).isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void insertionPutsTheImportantPixelsFirst() {
        double expected = (sigmoid(0) / 2 + sigmoid(2) + sigmoid(3) / 2) / 2;

        assertThat(measure(new Insertion(BLACK, 2))).isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void flippingAveragesWhatTheLogitLoses() {
        assertThat(measure(new PixelFlipping(BLACK, 2))).isCloseTo((0 + 2 + 3) / 3.0, within(TOLERANCE));
    }

    @Test
    void oneStepGoesFromTheImageToTheBaseline() {
        assertThat(measure(new Deletion(BLACK, 1))).isCloseTo((sigmoid(3) + sigmoid(0)) / 2, within(TOLERANCE));
    }

    @Test
    void thereAreNoMoreStepsThanPixels() {
        assertThat(PerturbationCurve.counts(2, 224)).containsExactly(0, 1, 2);
        assertThat(PerturbationCurve.counts(10, 3)).containsExactly(0, 3, 6, 10);
        assertThat(PerturbationCurve.counts(224 * 224, 224))
                .startsWith(0, 224, 448)
                .endsWith(224 * 224);
    }

    private static double measure(AttributionMetric metric) {
        return Measuring.measure(metric, METHOD, MODEL, PIXELS, null);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
