package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import org.junit.jupiter.api.Test;

final class RiseTest {

    /**
     * One cell is the whole image, kept or not. Kept masks see p = σ(2), the others weigh nothing, so every pixel has
     * {@code σ(2) · kept / (samples · keep)}, which tends to σ(2).
     */
    @Test
    void aMaskOfOneCellKeepsAllOrNothing() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 2), new double[][] {{1, 1}, {0, 0}}, new double[2]);

        float[] values = Attributing.values(new Rise(new Baseline.Black(), 4000, 1, 0.5), model, new float[] {1, 1}, 0);

        assertThat(values[0]).isEqualTo(values[1]);
        // The share kept has a standard deviation of √(0.25 / 4000) = 0.008 of a half; five of them.
        assertThat(values[0]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(0.08f));
    }

    /** Only the first pixel of eight counts, so keeping it goes with the higher probability. */
    @Test
    void thePixelThatCountsHasTheLargestValue() {
        double[] weights = {4, 0, 0, 0, 0, 0, 0, 0};
        LinearModel model =
                new LinearModel(InputSpec.raw(1, 1, 8), new double[][] {weights, new double[8]}, new double[2]);

        float[] values = Attributing.values(
                new Rise(new Baseline.Black(), 4000, 8, 0.5), model, new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 0);

        for (int i = 1; i < values.length; i++) {
            assertThat(values[0]).isGreaterThan(values[i]);
        }
    }

    /** Everything kept: the image's own probability everywhere. */
    @Test
    void withoutHiddenCellsEveryPixelHasTheProbability() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 2), new double[][] {{1, 1}, {0, 0}}, new double[2]);

        assertThat(Attributing.values(new Rise(new Baseline.Mean(), 3, 2, 1), model, new float[] {1, 1}, 0))
                .containsExactly(
                        new float[] {(float) (1 / (1 + Math.exp(-2))), (float) (1 / (1 + Math.exp(-2)))},
                        within(1e-6f));
    }
}
