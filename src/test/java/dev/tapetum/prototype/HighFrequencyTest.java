package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HighFrequencyTest {

    /** Rows 0 1 1, 0 3 1, 2 3 0. Six pairs across differ by 1 0, 3 2, 1 3 = 10, six down by 0 2 0, 2 0 1 = 5. */
    private static final double[] IMAGE = {0, 1, 1, 0, 3, 1, 2, 3, 0};

    private static final HighFrequency THREE = new HighFrequency(1, 3, 3);

    @Test
    void itIsTheMeanDifferenceAcrossAndDown() {
        assertThat(THREE.value(IMAGE)).isCloseTo(10 / 6.0 + 5 / 6.0, within(1e-12));
    }

    /** In sixths: every pair pulls its larger value down and its smaller value up; pairs of equals do nothing. */
    @Test
    void itsGradientCountsTheNeighboursBelowAndAbove() {
        double[] gradient = new double[9];
        THREE.addGradient(6, IMAGE, gradient);

        assertThat(gradient)
                .containsExactly(
                        new double[] {
                            -1,
                            1 - 1,
                            0, // (0: right), (1: left, below), (1: equal to its left and below)
                            -1 - 1,
                            1 + 1 + 1,
                            -1 + 1, // (0: right, below), (3: left, right, above), (1: left, below)
                            1 - 1,
                            1 + 1,
                            -1 - 1 // (2: above, right), (3: left, right), (0: left, above)
                        },
                        within(1e-12));
    }

    /** No two neighbours are equal, so that the modulus has a derivative everywhere. */
    @Test
    void itsGradientIsItsDerivativeInEveryChannelAndAddsToWhatIsThere() {
        HighFrequency two = new HighFrequency(2, 3, 4);
        double[] x = Drawings.uniform(24, 3);
        double[] gradient = new double[24];
        gradient[5] = 7;
        two.addGradient(2.5, x, gradient);
        gradient[5] -= 7;

        double step = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            assertThat(gradient[i]).isCloseTo(2.5 * (two.value(up) - two.value(down)) / (2 * step), within(1e-8));
        }
    }

    @Test
    void aSinglePixelHasNoNeighbours() {
        double[] gradient = new double[3];
        HighFrequency one = new HighFrequency(3, 1, 1);
        one.addGradient(1, new double[] {1, 2, 3}, gradient);

        assertThat(one.value(new double[] {1, 2, 3})).isZero();
        assertThat(gradient).containsOnly(0);
    }
}
