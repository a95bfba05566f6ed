package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Toys;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class GaussianBlurTest {

    /** Two passes of float32 stores over values of size one. */
    private static final Offset<Float> ROUNDING = within(1e-6f);

    @Property(tries = 100)
    void aConstantStaysWhatItIs(
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @DoubleRange(min = 0.1, max = 30) double sigma) {
        InputSpec input = InputSpec.raw(2, height, width);
        float[] constant = new float[input.size()];
        Arrays.fill(constant, 0.7f);

        float[] blurred = GaussianBlur.apply(constant, input, sigma);

        assertThat(blurred).containsExactly(constant, ROUNDING);
    }

    @Property(tries = 100)
    void theMatrixFiltersAsTheFilterDoes(
            @ForAll @IntRange(min = 1, max = 9) int length, @ForAll @DoubleRange(min = 0.1, max = 30) double sigma) {
        InputSpec row = InputSpec.raw(1, 1, length);
        float[] matrix = GaussianBlur.matrix(length, sigma);
        for (int j = 0; j < length; j++) {
            float[] impulse = new float[length];
            impulse[j] = 1;
            float[] column = new float[length];
            float[] symmetric = new float[length];
            for (int i = 0; i < length; i++) {
                column[i] = matrix[i * length + j];
                symmetric[i] = matrix[j * length + i];
            }

            assertThat(column).containsExactly(GaussianBlur.apply(impulse, row, sigma), ROUNDING);
            assertThat(column).containsExactly(symmetric, ROUNDING);
        }
    }

    /** Reflection makes the filter's matrix symmetric, so that its columns, like its rows, add up to one. */
    @Property(tries = 100)
    void theSumOfAChannelIsKept(
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @DoubleRange(min = 0.1, max = 30) double sigma,
            @ForAll int seed) {
        InputSpec input = InputSpec.raw(2, height, width);
        float[] image = Toys.image(input, seed);

        float[] blurred = GaussianBlur.apply(image, input, sigma);

        for (int c = 0; c < 2; c++) {
            assertThat(sum(blurred, c, input)).isCloseTo(sum(image, c, input), within(1e-5));
        }
    }

    /**
     * The row (1, 0, 0) with σ = 1 and weights w₀, w₁, …, w₆ = e^{−k²/2}/Σ: it continues as … 0 0 1 | 1 0 0 | 0 0 1 1 …, so
     * output 0 sees ones at distances 0, 1, 5 and twice 6; output 1 at 1, 2 and, to the right, 4 and 5
     * (positions 5 and 6 of period 6); output 2 at 2, 3 and 3, 4.
     */
    @Test
    void theBorderIsReflected() {
        double[] w = new double[7];
        double total = 0;
        for (int k = 0; k < 7; k++) {
            w[k] = Math.exp(-0.5 * k * k);
            total += k == 0 ? w[k] : 2 * w[k];
        }

        float[] blurred = GaussianBlur.apply(new float[] {1, 0, 0}, InputSpec.raw(1, 1, 3), 1);

        assertThat(blurred[0]).isCloseTo((float) ((w[0] + w[1] + w[5] + 2 * w[6]) / total), ROUNDING);
        assertThat(blurred[1]).isCloseTo((float) ((w[1] + w[2] + w[4] + w[5]) / total), ROUNDING);
        assertThat(blurred[2]).isCloseTo((float) ((w[2] + w[3] + w[3] + w[4]) / total), ROUNDING);
    }

    @Test
    void rowsAndColumnsAreBlurredAlike() {
        float[] blurred = GaussianBlur.apply(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, InputSpec.raw(1, 3, 3), 0.5);

        assertThat(blurred[1]).isEqualTo(blurred[3]).isEqualTo(blurred[5]).isEqualTo(blurred[7]);
        assertThat(blurred[4]).isGreaterThan(blurred[1]);
        assertThat(blurred[1]).isGreaterThan(blurred[0]);
    }

    /** At σ = 1 the filter has the longest tap of six; just above it would need seven. */
    @Test
    void theBlurIsContinuousInSigma() {
        InputSpec row = InputSpec.raw(1, 1, 64);
        float[] image = Toys.image(row, 5);

        float[] at = GaussianBlur.apply(image, row, 1);
        float[] beyond = GaussianBlur.apply(image, row, 1 + 1e-7);

        assertThat(beyond).containsExactly(at, within(3e-7f));
    }

    @Test
    void aVeryWideBlurIsTheMean() {
        float[] blurred = GaussianBlur.apply(new float[] {1, 0, 0, 5}, InputSpec.raw(1, 2, 2), 50);

        assertThat(blurred).containsExactly(new float[] {1.5f, 1.5f, 1.5f, 1.5f}, within(1e-4f));
    }

    private static double sum(float[] image, int channel, InputSpec input) {
        double sum = 0;
        for (int i = 0; i < input.pixels(); i++) {
            sum += image[channel * input.pixels() + i];
        }

        return sum;
    }
}
