package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTransformTest {

    /** Sums of at most 299 values of size one, in doubles. */
    private static final double ROUNDING = 1e-11;

    /** One, primes, powers of two, and sizes that networks have. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 12, 30, 64, 224, 299})
    void itIsTheSumThatItsNameSays(int n) {
        for (int sign : new int[] {1, -1}) {
            double[] real = Drawings.normal(n, 1);
            double[] imaginary = Drawings.normal(n, 2);
            double[] expectedReal = new double[n];
            double[] expectedImaginary = new double[n];
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < n; j++) {
                    double angle = sign * 2 * Math.PI * ((long) j * k % n) / n;
                    expectedReal[k] += Math.cos(angle) * real[j] - Math.sin(angle) * imaginary[j];
                    expectedImaginary[k] += Math.sin(angle) * real[j] + Math.cos(angle) * imaginary[j];
                }
            }

            new FourierTransform(n).apply(real, imaginary, sign);

            assertThat(real).containsExactly(expectedReal, within(ROUNDING));
            assertThat(imaginary).containsExactly(expectedImaginary, within(ROUNDING));
        }
    }
}
