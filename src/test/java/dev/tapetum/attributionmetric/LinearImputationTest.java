package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

final class LinearImputationTest {

    private static final float TOLERANCE = (float) LinearImputation.TOLERANCE;

    @Test
    void aPixelBecomesTheWeightedMeanOfItsEightNeighbours() {
        // (2·(2 + 4 + 6 + 8) + (1 + 3 + 7 + 9)) / 12, which is 60 / 12.
        assertThat(imputed(InputSpec.raw(1, 3, 3), new float[] {1, 2, 3, 4, 100, 6, 7, 8, 9}, 4)[4])
                .isCloseTo(5, within(TOLERANCE));
        // Only the corner counts: 1 / 12 of it.
        assertThat(imputed(InputSpec.raw(1, 3, 3), new float[] {12, 0, 0, 0, 0, 0, 0, 0, 0}, 4)[4])
                .isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void aPixelAtTheBorderIsTheMeanOfTheNeighboursItHas() {
        // Beside 2, below 3, diagonal 5, in twelfths 2, 2 and 1: (4 + 6 + 5) / 5.
        assertThat(imputed(InputSpec.raw(1, 2, 2), new float[] {9, 2, 3, 5}, 0)[0])
                .isCloseTo(3, within(TOLERANCE));
    }

    @Test
    void removedPixelsAreSolvedTogether() {
        // On one row the mean of both neighbours everywhere is a straight line.
        assertThat(imputed(InputSpec.raw(1, 1, 4), new float[] {0, 7, -7, 3}, 1, 2))
                .containsExactly(new float[] {0, 1, 2, 3}, within(TOLERANCE));
    }

    @Test
    void aSinglePixelThatStaysIsAllThatIsKnown() {
        float[] pixels = new float[35];
        pixels[17] = 0.75f;
        int[] others = new Random(3)
                .ints(0, 35)
                .distinct()
                .limit(35)
                .filter(i -> i != 17)
                .toArray();

        assertThat(imputed(InputSpec.raw(1, 5, 7), pixels, others))
                .containsOnly(new float[] {0.75f}, within(TOLERANCE));
    }

    @Test
    void theSolutionIsThatOfTheEquations() {
        InputSpec input = new InputSpec(2, 13, 18, List.of(0.4f, 0.5f), List.of(0.2f, 0.25f));
        Random random = new Random(5);
        float[] pixels = new float[input.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }

        // A large hole and strewn pixels; in two steps, so that the second starts from the first.
        int[] removed = random.ints(0, input.pixels())
                .distinct()
                .limit(input.pixels())
                .filter(i -> i % 18 > 6 || i % 3 == 0)
                .toArray();
        LinearImputation imputation = new LinearImputation(pixels, input);
        for (int i = 0; i < removed.length; i++) {
            imputation.remove(removed[i]);
            if (i == removed.length / 2) {
                imputation.pixels();
            }
        }

        float[] actual = imputation.pixels();
        for (int c = 0; c < 2; c++) {
            RealVector exact = exact(input, pixels, c, removed);
            for (int i = 0; i < input.pixels(); i++) {
                double error = (actual[c * input.pixels() + i] - exact.getEntry(i))
                        * input.std().get(c);
                assertThat(error).isCloseTo(0, within(LinearImputation.TOLERANCE));
            }
        }
    }

    @Test
    void pixelsThatStayAreNotTouched() {
        float[] pixels = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
        float[] imputed = imputed(InputSpec.raw(1, 2, 3), pixels, 1, 5);

        assertThat(new float[] {imputed[0], imputed[2], imputed[3], imputed[4]})
                .containsExactly(0.1f, 0.3f, 0.4f, 0.5f);
        assertThat(pixels[1]).isEqualTo(0.2f);
    }

    private static float[] imputed(InputSpec input, float[] pixels, int... removed) {
        LinearImputation imputation = new LinearImputation(pixels, input);
        for (int pixel : removed) {
            imputation.remove(pixel);
        }

        return imputation.pixels();
    }

    /** The same equations, written down pixel by pixel and solved directly. */
    private static RealVector exact(InputSpec input, float[] pixels, int channel, int[] removed) {
        int n = input.pixels();
        RealMatrix matrix = new Array2DRowRealMatrix(n, n);
        RealVector right = new ArrayRealVector(n);
        for (int i = 0; i < n; i++) {
            matrix.setEntry(i, i, 1);
            right.setEntry(i, pixels[channel * n + i]);
        }

        for (int i : removed) {
            right.setEntry(i, 0);
            double weights = 0;
            for (int j = 0; j < n; j++) {
                int down = Math.abs(i / input.width() - j / input.width());
                int across = Math.abs(i % input.width() - j % input.width());
                if (i != j && down <= 1 && across <= 1) {
                    double weight = down + across == 1 ? 1 / 6.0 : 1 / 12.0;
                    matrix.setEntry(i, j, -weight);
                    weights += weight;
                }
            }

            matrix.setEntry(i, i, weights);
        }

        return new LUDecomposition(matrix).getSolver().solve(right);
    }
}
