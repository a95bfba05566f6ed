package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * On a linear model that sums its pixels with weights, covering a window with black (zero) costs the weighted sum of the
 * window. The pixels are 1 … 16 row by row, all weights 1.
 */
final class OcclusionTest {

    private static final Offset<Float> ROUNDING = within(1e-5f);

    @Test
    void disjointWindowsShareOutTheirLosses() {
        // The windows of 2×2 hold 1+2+5+6 = 14, 3+4+7+8 = 22, 9+10+13+14 = 46 and 11+12+15+16 = 54; a pixel gets a
        // quarter.
        Attribution attribution =
                Attributing.attribute(new Occlusion(0.5, 0.5, new Baseline.Black()), sum(4, 4), count(16), 0);

        assertThat(attribution.values().values())
                .containsExactly(
                        new float[] {
                            3.5f, 3.5f, 5.5f, 5.5f,
                            3.5f, 3.5f, 5.5f, 5.5f,
                            11.5f, 11.5f, 13.5f, 13.5f,
                            11.5f, 11.5f, 13.5f, 13.5f
                        },
                        ROUNDING);
        assertThat(attribution.values().sum()).isCloseTo(136, within(1e-4));
        assertThat(attribution.score()).isEqualTo(136);
        assertThat(attribution.evaluations()).isEqualTo(5);
    }

    @Test
    void theLastWindowsLieFlushWithTheFarBorder() {
        // Windows of 3×3 every 2 pixels start at 0 and, since 2 would reach beyond, at 1. They hold nine times their
        // middle
        // pixel: 54 (middle 6), 63 (7), 90 (10) and 99 (11), a ninth of which goes to each pixel; overlaps are
        // averaged.
        Attribution attribution =
                Attributing.attribute(new Occlusion(0.75, 0.5, new Baseline.Black()), sum(4, 4), count(16), 0);

        assertThat(attribution.values().values())
                .containsExactly(
                        new float[] {
                            6, 6.5f, 6.5f, 7,
                            8, 8.5f, 8.5f, 9,
                            8, 8.5f, 8.5f, 9,
                            10, 10.5f, 10.5f, 11
                        },
                        ROUNDING);
        assertThat(attribution.evaluations()).isEqualTo(5);
    }

    @Test
    void windowsAreFractionsOfTheShorterSide() {
        // On 2×5 pixels a window of 1 is 2×2, every 2: columns 0, 2 and, flush, 3. Their sums are 1+2+6+7 = 16,
        // 3+4+8+9 = 24 and 4+5+9+10 = 28.
        Attribution attribution =
                Attributing.attribute(new Occlusion(1, 1, new Baseline.Black()), sum(2, 5), count(10), 0);

        assertThat(attribution.values().values())
                .containsExactly(new float[] {4, 4, 6, 6.5f, 7, 4, 4, 6, 6.5f, 7}, ROUNDING);
        assertThat(attribution.evaluations()).isEqualTo(4);
    }

    @Test
    void aWindowOfLessThanAPixelIsAPixel() {
        Attribution attribution =
                Attributing.attribute(new Occlusion(0.01, 0.01, new Baseline.Black()), sum(4, 4), count(16), 0);

        assertThat(attribution.values().values()).containsExactly(count(16), ROUNDING);
    }

    @Test
    void theChannelsAreCoveredTogether() {
        LinearModel linear = Toys.linear();
        float[] image = Toys.image(5);
        double loss = 0;
        for (int i = 0; i < image.length; i++) {
            loss += linear.weights()[0][i] * image[i];
        }

        Attribution attribution = Attributing.attribute(new Occlusion(1, 1, new Baseline.Mean()), linear, image, 0);

        assertThat(attribution.values().channels()).isEqualTo(1);
        assertThat(attribution.values().sum()).isCloseTo(loss, within(1e-5));
    }

    @Test
    void aModelWithoutGradientsWillDo() {
        new Occlusion(0.5, 0.5, new Baseline.Black())
                .check(new ModelCard("forward-only", Toys.INPUT, Toys.CLASSES, List.of(), Model.class));
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new Occlusion(0, 0.5, new Baseline.Black()))
                .hasMessage("window is a fraction of the shorter side, above 0 up to 1, not 0.0");
        assertThatThrownBy(() -> new Occlusion(0.25, 0.5, new Baseline.Black()))
                .hasMessage("stride is above 0 and at most the window, so that every pixel is covered, not 0.5");
    }

    private static LinearModel sum(int height, int width) {
        double[] weights = new double[height * width];
        java.util.Arrays.fill(weights, 1);
        return new LinearModel(InputSpec.raw(1, height, width), new double[][] {weights}, new double[] {0});
    }

    private static float[] count(int pixels) {
        float[] image = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            image[i] = i + 1;
        }

        return image;
    }
}
