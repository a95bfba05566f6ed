package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Seeds;
import org.junit.jupiter.api.Test;

final class LimeTest {

    /** Values of size one in float32. */
    private static final float ROUNDING = 1e-5f;

    private static final Baseline BLACK = new Baseline.Black();

    /** A linear model is its own best linear model, whatever the kernel: {@code w (x − x')}. */
    @Test
    void withoutRidgeALinearModelIsFound() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 2, 2), new double[][] {{1, -2, 3, 0.5}}, new double[] {7});

        assertThat(Attributing.values(
                        new Lime(new Features.Grid(2), BLACK, 60, 0.25, 0), model, new float[] {1, 0.5f, 1, 1}, 0))
                .containsExactly(new float[] {1, -1, 3, 0.5f}, within(ROUNDING));
    }

    /**
     * One part: d is 0 with it and 1 without, π is 1 and q = exp(−1/(2 width²)). With n images that show it and o that do not,
     * centring leaves {@code S = n o q/(n + o q)} for the sum of weighted squares, and {@code a = gain · S/(S + ridge)}.
     */
    @Test
    void theRidgeShrinksTheEffectOfASinglePart() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{1}}, new double[1]);
        double width = 0.8;
        float[] plain =
                Attributing.values(new Lime(new Features.Grid(1), BLACK, 40, width, 0), model, new float[] {1}, 0);
        float[] ridged =
                Attributing.values(new Lime(new Features.Grid(1), BLACK, 40, width, 2), model, new float[] {1}, 0);
        int shown = 1;
        for (int j = 1; j < 40; j++) {
            long seed = Seeds.of(Attributing.SEED, "lime", j);
            shown += Seeds.uniform(seed) < 0.5 ? 1 : 0;
        }

        double q = Math.exp(-1 / (2 * width * width));
        double squares = shown * (40 - shown) * q / (shown + (40 - shown) * q);
        assertThat(plain).containsExactly(new float[] {1}, within(ROUNDING));
        assertThat(ridged).containsExactly(new float[] {(float) (squares / (squares + 2))}, within(ROUNDING));
    }

    /**
     * {@code max(0, x₁ + x₂ − 1)} at (1, 1): near the whole image each part is needed, and far from it none does
     * anything. As the kernel narrows to the images that lack at most one part, both effects tend to 1; over all four
     * images alike they are ½.
     */
    @Test
    void theKernelSaysHowFarTheNeighbourhoodReaches() {
        TwoLayerReluModel both = Attributing.ofTwoNumbers(new double[] {1}, new double[][] {{1, 1}}, new double[] {-1});
        float[] image = {1, 1};

        float[] near = Attributing.values(new Lime(new Features.Grid(2), BLACK, 4000, 0.1, 0), both, image, 0);
        float[] far = Attributing.values(new Lime(new Features.Grid(2), BLACK, 4000, 1000, 0), both, image, 0);

        assertThat(near).containsExactly(new float[] {1, 1}, within(0.01f));
        // The four images come 1000 times each, give or take 27.
        assertThat(far).containsExactly(new float[] {0.5f, 0.5f}, within(0.05f));
    }

    /** Two samples cannot tell sixteen parts apart: those that differ share what the logit lost, and the total is finite. */
    @Test
    void tooFewSamplesGiveTheShortestSolution() {
        float[] values =
                Attributing.values(new Lime(new Features.Grid(4), BLACK, 2, 0.25, 0), Toys.linear(), Toys.image(1), 0);

        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }

        for (float value : values) {
            assertThat(value).isFinite();
            assertThat(Math.min(Math.abs(value), largest - Math.abs(value))).isCloseTo(0, within(ROUNDING));
        }

        assertThat(largest).isPositive();
    }

    @Test
    void impossibleParametersAreRefused() {
        Features cells = new Features.Grid(2);
        assertThatThrownBy(() -> new Lime(cells, BLACK, 1, 1, 1))
                .hasMessage("samples is the number of images to fit, the whole one among them, at least 2, not 1");
        assertThatThrownBy(() -> new Lime(cells, BLACK, 9, 0, 1))
                .hasMessage("width is a distance, above zero, not 0.0");
        assertThatThrownBy(() -> new Lime(cells, BLACK, 9, 1, -1))
                .hasMessage("ridge is a weight, zero or more, not -1.0");
    }
}
