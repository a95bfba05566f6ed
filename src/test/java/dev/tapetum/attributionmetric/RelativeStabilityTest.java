package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import org.junit.jupiter.api.Test;

final class RelativeStabilityTest {

    private static final Perturbation TENTH = new Perturbation.Sign(0.1);
    private static final LinearModel THREE = Measuring.row(3);
    private static final float[] HALF = {0.5f};
    private static final double TOLERANCE = 1e-5;

    @Test
    void changesAreDividedValueByValue() {
        // (2 − 1)/1 and (1 − 2)/2.
        assertThat(RelativeStability.relativeChange(new float[] {1, -2}, new float[] {2, -1}))
                .isCloseTo(Math.sqrt(1.25), within(1e-12));
    }

    @Test
    void aDivisorIsAtLeastAThousandthOfTheLargest() {
        // 0 counts as 0.004: 0.002 / 0.004.
        assertThat(RelativeStability.relativeChange(new float[] {4, 0}, new float[] {4, 0.002f}))
                .isCloseTo(0.5, within(1e-6));
        assertThat(RelativeStability.relativeChange(new float[2], new float[] {1, 1}))
                .isNaN();
    }

    @Test
    void anAttributionProportionalToTheInputChangesAsMuch() {
        // a = 3x, and x goes from 0.5 by 0.1: both change by a fifth.
        assertThat(Measuring.measure(new RelativeInputStability(TENTH, 4), new InputXGradient(), THREE, HALF, null))
                .isCloseTo(1, within(TOLERANCE));
        assertThat(Measuring.measure(new RelativeInputStability(TENTH, 4), new Saliency(false), THREE, HALF, null))
                .isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void theOutputChangesByItsLogits() {
        // A fifth, over logits that go from (1.5, 0) by 0.3.
        assertThat(Measuring.measure(new RelativeOutputStability(TENTH, 4), new InputXGradient(), THREE, HALF, null))
                .isCloseTo(0.2 / 0.3, within(TOLERANCE));
    }

    @Test
    void copiesThatArePredictedOtherwiseDoNotCount() {
        // White can only become darker: one half of the copies stays as it is, the other goes to 0.9.
        float[] white = {1};
        RelativeOutputStability metric = new RelativeOutputStability(TENTH, 8);

        // 3·0.9 − 2 is still above 0: a tenth, over 0.3.
        assertThat(Measuring.measure(metric, new InputXGradient(), above(2), white, null))
                .isCloseTo(0.1 / 0.3, within(TOLERANCE));
        // 3·0.9 − 2.85 is not, so only those that did not change are left.
        assertThat(Measuring.measure(metric, new InputXGradient(), above(2.85), white, null))
                .isZero();
    }

    @Test
    void withoutACopyPredictedAlikeThereIsNothingToSay() {
        // (0, 3x − 1.65, 1.35 − 3x): in the middle class 0 is the largest, at either end another one.
        LinearModel middle =
                new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{0}, {3}, {-3}}, new double[] {0, -1.65, 1.35});
        Perturbation toAnEnd = new Perturbation.Sign(0.9);

        assertThat(Measuring.measure(new RelativeInputStability(toAnEnd, 4), new InputXGradient(), middle, HALF, null))
                .isNaN();
    }

    /** Logits (3x − threshold, 0). */
    private static LinearModel above(double threshold) {
        return new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{3}, {0}}, new double[] {-threshold, 0});
    }
}
