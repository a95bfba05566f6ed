package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {

    /** Room for Adam's ε = 1e-8, against gradients of size one. */
    private static final double ROUNDING = 1e-7;

    /**
     * Gradients 3 and then −1. First m = 0.3, v = 0.009, m̂ = 3, v̂ = 9: a step of one rate. Then m = 0.27 − 0.1 = 0.17, m̂ = 0.17/0.19; v =
     * 0.008991 + 0.001 = 0.009991, v̂ = 0.009991/0.001999.
     */
    @Test
    void twoStepsAreThoseByHand() {
        Adam adam = new Adam(1, 0.1, StepScale.PIXEL);
        double[] x = {2};

        adam.step(x, new double[] {3});
        assertThat(x[0]).isCloseTo(2 - 0.1, within(ROUNDING));

        adam.step(x, new double[] {-1});
        assertThat(x[0]).isCloseTo(1.9 - 0.1 * (0.17 / 0.19) / Math.sqrt(0.009991 / 0.001999), within(ROUNDING));
    }

    /** Of 3 and 4 the mean square is 12.5; then of 0 and 1 it is 0.5, so v = 0.001 (0.999 · 12.5 + 0.5). */
    @Test
    void allValuesOfAnImageCanBeMeasuredByOneSize() {
        Adam adam = new Adam(2, 0.1, StepScale.IMAGE);
        double[] x = {0, 0};

        adam.step(x, new double[] {3, 4});
        assertThat(x).containsExactly(new double[] {-0.3 / Math.sqrt(12.5), -0.4 / Math.sqrt(12.5)}, within(ROUNDING));

        double size = Math.sqrt(0.001 * (0.999 * 12.5 + 0.5) / 0.001999);
        double[] before = x.clone();
        adam.step(x, new double[] {0, 1});
        assertThat(x)
                .containsExactly(
                        new double[] {before[0] - 0.1 * 0.27 / 0.19 / size, before[1] - 0.1 * (0.36 + 0.1) / 0.19 / size
                        },
                        within(ROUNDING));
    }

    @Test
    void nothingMovesUnderNoGradient() {
        double[] x = {1, 2};
        new Adam(2, 0.1, StepScale.PIXEL).step(x, new double[2]);
        new Adam(2, 0.1, StepScale.IMAGE).step(x, new double[2]);

        assertThat(x).containsExactly(1, 2);
    }
}
