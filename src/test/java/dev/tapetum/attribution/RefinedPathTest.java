package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.TwoLayerReluModel;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RefinedPathTest {

    private static final double TOLERANCE = 0.01;
    private static final double FLOOR = 0.5;

    /** Float32 logits and gradients of size one. */
    private static final double ROUNDING = 1e-5;

    @Property(tries = 200)
    void thePathIsCompleteOrSpentWhereverTheKinkLies(
            @ForAll @DoubleRange(min = 0.01, max = 1.99) double kink,
            @ForAll @DoubleRange(min = -3, max = 3) double slope,
            @ForAll @IntRange(min = 17, max = 60) int maxSteps) {
        // f(x) = x + slope · max(0, x − kink), from 0 to 2.
        TwoLayerReluModel bent =
                Attributing.ofOneNumber(0, new double[] {1, slope}, new double[] {1, 1}, new double[] {0, -kink});

        Attribution attribution = Attributing.attribute(refined(maxSteps), bent, new float[] {2}, 0);

        double gain = 2 + slope * (2 - kink);
        assertThat(attribution.score() - attribution.baselineScore()).isCloseTo(gain, within(ROUNDING));
        assertThat(attribution.evaluations()).isBetween(17, maxSteps);
        assertThat(attribution.completenessDelta())
                .isCloseTo(attribution.values().sum() - gain, within(ROUNDING));
        boolean complete =
                Math.abs(attribution.completenessDelta()) <= TOLERANCE * Math.max(Math.abs(gain), FLOOR) + ROUNDING;
        assertThat(complete || attribution.evaluations() == maxSteps).isTrue();
    }

    /** A single kink costs one gradient per halving, so that ten of them are a thousand times finer. */
    @Test
    void aKinkAtAnAwkwardPlaceIsFoundByHalving() {
        TwoLayerReluModel bent =
                Attributing.ofOneNumber(1, new double[] {-1}, new double[] {-1}, new double[] {2 * 0.3217});
        IntegratedGradients strict = new IntegratedGradients(new Baseline.Black(), 0, 1e-5, FLOOR, 200);

        Attribution attribution = Attributing.attribute(strict, bent, new float[] {2}, 0);

        assertThat(attribution.values().values()[0]).isCloseTo(2 * 0.3217f, within(1e-5f));
        assertThat(attribution.evaluations()).isBetween(20, 40);
    }

    @Test
    void aSmoothPathIsDoneAfterItsFirstNodes() {
        TwoLayerReluModel straight = Attributing.ofOneNumber(0, new double[] {3}, new double[] {1}, new double[] {0.5});

        assertThat(Attributing.attribute(refined(200), straight, new float[] {2}, 0)
                        .evaluations())
                .isEqualTo(17);
    }

    /** A hat, {@code max(0, x) − 2 max(0, x − 0.93) + …} back to 0 at 1.86: relative to its gain no error is small. */
    @Test
    void aGainOfNothingIsMeasuredAgainstTheFloor() {
        TwoLayerReluModel hat =
                Attributing.ofOneNumber(0, new double[] {1, -2}, new double[] {1, 1}, new double[] {0, -0.93});

        Attribution attribution = Attributing.attribute(refined(200), hat, new float[] {1.86f}, 0);

        assertThat(attribution.score() - attribution.baselineScore()).isCloseTo(0, within(ROUNDING));
        assertThat(Math.abs(attribution.completenessDelta())).isLessThanOrEqualTo(TOLERANCE * FLOOR + ROUNDING);
        assertThat(attribution.evaluations()).isLessThan(40);
    }

    /** A jump that no gradient sees: halving cannot end by itself, since its error never shrinks. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aJumpIsHalvedNoFinerThanSinglePrecisionCanTell() {
        Function jump = new Function(x -> x > 0.7321 ? 1 : 0, x -> 0);

        Attribution attribution = Attributing.attribute(refined(5000), jump, new float[] {2}, 0);

        assertThat(attribution.completenessDelta()).isEqualTo(-1);
        assertThat(attribution.evaluations()).isLessThan(100);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPathThroughNaNEndsAndSaysSo() {
        Function broken = new Function(x -> x > 1 ? Double.NaN : x, x -> 1);

        Attribution attribution = Attributing.attribute(refined(5000), broken, new float[] {2}, 0);

        assertThat(attribution.completenessDelta()).isNaN();
        assertThat(attribution.evaluations()).isEqualTo(17);
    }

    private static IntegratedGradients refined(int maxSteps) {
        return new IntegratedGradients(new Baseline.Black(), 0, TOLERANCE, FLOOR, maxSteps);
    }

    /** Any function of one number with whatever it claims to be its slope. */
    private record Function(DoubleUnaryOperator value, DoubleUnaryOperator slope) implements DifferentiableModel {

        @Override
        public InputSpec input() {
            return InputSpec.raw(1, 1, 1);
        }

        @Override
        public int classes() {
            return 1;
        }

        @Override
        public float[][] logits(float[][] images) {
            return map(images, value);
        }

        @Override
        public float[][] inputGradients(float[][] images, int[] targets) {
            return map(images, slope);
        }

        private static float[][] map(float[][] images, DoubleUnaryOperator function) {
            float[][] values = new float[images.length][1];
            for (int i = 0; i < values.length; i++) {
                values[i][0] = (float) function.applyAsDouble(images[i][0]);
            }

            return values;
        }
    }
}
