package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureAblationTest {

    private static final float ROUNDING = 1e-5f;
    private static final Baseline BLACK = new Baseline.Black();

    /** The sum of 4×4 pixels in cells of 2×2: each cell's sum, a quarter to each of its pixels. */
    @Test
    void aLinearModelLosesWhatTheCellHolds() {
        double[] ones = new double[16];
        Arrays.fill(ones, 1);
        LinearModel sum = new LinearModel(InputSpec.raw(1, 4, 4), new double[][] {ones}, new double[1]);
        float[] image = new float[16];
        for (int i = 0; i < 16; i++) {
            image[i] = i;
        }

        Attribution attribution =
                Attributing.attribute(new FeatureAblation(new Features.Grid(2), BLACK), sum, image, 0);

        // 0+1+4+5 = 10, 2+3+6+7 = 18, 8+9+12+13 = 42, 10+11+14+15 = 50.
        assertThat(attribution.values().values())
                .containsExactly(
                        new float[] {
                            2.5f, 2.5f, 4.5f, 4.5f,
                            2.5f, 2.5f, 4.5f, 4.5f,
                            10.5f, 10.5f, 12.5f, 12.5f,
                            10.5f, 10.5f, 12.5f, 12.5f
                        },
                        within(ROUNDING));
        assertThat(attribution.evaluations()).isEqualTo(5);
    }

    /** {@code max(0, x₁ + x₂ − 1)} at (1, 1) is 1, and 0 without either: both effects are 1, and their total is not the gain. */
    @Test
    void whatNeedsBothIsLostTwice() {
        TwoLayerReluModel both = Attributing.ofTwoNumbers(new double[] {1}, new double[][] {{1, 1}}, new double[] {-1});

        assertThat(Attributing.values(new FeatureAblation(new Features.Grid(2), BLACK), both, new float[] {1, 1}, 0))
                .containsExactly(1, 1);
    }

    /** Three columns of two equal pixels: k/2 = 0.3 joins the second and third, 0.25 apart, and not the first, 0.5 apart. */
    @Test
    void superpixelsFollowTheImage() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 2, 3), new double[][] {{1, 2, 3, 4, 5, 6}}, new double[1]);
        float[] image = {1, 0.5f, 0.25f, 1, 0.5f, 0.25f};

        float[] values = Attributing.values(
                new FeatureAblation(new Features.Superpixels(0.6 * 255, 0, 0.0005), BLACK), model, image, 0);

        // 1·1 + 4·1 = 5 over two pixels, and 2·½ + 5·½ + 3·¼ + 6·¼ = 5.75 over four.
        assertThat(values).containsExactly(new float[] {2.5f, 1.4375f, 1.4375f, 2.5f, 1.4375f, 1.4375f}, within(1e-6f));
    }

    @Test
    void aGridFinerThanTheImageIsItsPixels() {
        float[] image = Toys.image(2);

        assertThat(Attributing.attribute(new FeatureAblation(new Features.Grid(44), BLACK), Toys.linear(), image, 0)
                        .evaluations())
                .isEqualTo(17);
    }

    @Test
    void aModelWithoutGradientsWillDo() {
        ModelCard forward = new ModelCard("forward-only", Toys.INPUT, Toys.CLASSES, List.of(), Model.class);

        new FeatureAblation(new Features.Grid(3), BLACK).check(forward);
        new KernelShap(new Features.Grid(3), BLACK, 9).check(forward);
        new Lime(new Features.Grid(3), BLACK, 9, 0.25, 1).check(forward);
    }

    @Test
    void impossibleFeaturesAreRefused() {
        assertThatThrownBy(() -> new Features.Grid(0))
                .hasMessage("cells is the number of cells along each side, from 1 to 44, not 0");
        assertThatThrownBy(() -> new Features.Superpixels(0, 1, 0.0005)).hasMessage("scale is above zero, not 0.0");
        assertThatThrownBy(() -> new Features.Superpixels(1, -1, 0.0005))
                .hasMessage("sigma is in pixels, zero or more, not -1.0");
        assertThatThrownBy(() -> new Features.Superpixels(1, 1, 2))
                .hasMessage(
                        "min-size is a share of the pixels, from 0.0005 to 1, since an image is cut into at most 2000"
                                + " parts, not 2.0");
        assertThatThrownBy(() -> new Features.Superpixels(1, 1, 0)).hasMessageStartingWith("min-size is a share");
        assertThatThrownBy(() -> new Features.Grid(45))
                .hasMessage("cells is the number of cells along each side, from 1 to 44, not 45");
    }
}
