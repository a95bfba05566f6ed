package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TwoLayerReluModel;
import org.junit.jupiter.api.Test;

/**
 * The hidden layer is the image itself (identity weights, positive pixels), on a grid of one row and two columns with two
 * channels A⁰ = (1, 2) and A¹ = (3, 4). The gradient of a logit with respect to it is that logit's row of weights.
 */
final class ActivationMapTest {

    /** Target 0: α = (mean of 1 and 3, mean of −½ and −½) = (2, −½), so the map is (2 − 1½, 4 − 2) = (½, 2). */
    @Test
    void aSpatialTapIsWeightedByItsMeanGradients() {
        Attribution attribution = Attributing.attribute(new GradCam("hidden"), spatial(), new float[] {1, 2, 3, 4}, 0);

        assertThat(attribution.values())
                .usingRecursiveComparison()
                .isEqualTo(new PixelValues(1, 1, 2, PixelValues.Spread.LEVEL, new float[] {0.5f, 2}));
        // 1·1 + 3·2 − ½·3 − ½·4
        assertThat(attribution.score()).isEqualTo(3.5);
        assertThat(attribution.evaluations()).isEqualTo(1);
    }

    /** The map is (1·1 − ½·3, 3·2 − ½·4), and its total the logit, since the head is linear and has no bias. */
    @Test
    void hiResCamIsGradientTimesActivation() {
        Attribution attribution = Attributing.attribute(new HiResCam("hidden"), spatial(), new float[] {1, 2, 3, 4}, 0);

        assertThat(attribution.values().values()).containsExactly(-0.5f, 4);
        assertThat(attribution.values().sum()).isEqualTo(attribution.score());
    }

    /** Of the gradients only 1 and 3 are positive: (1·1, 3·2). */
    @Test
    void layerCamWeighsEveryPositionByItsOwnPositiveGradient() {
        assertThat(Attributing.values(new LayerCam("hidden"), spatial(), new float[] {1, 2, 3, 4}, 0))
                .containsExactly(1, 6);
    }

    /** With ΣA⁰ = 3, α = 1/(2 + 3) at g = 1 and 9/(18 + 81) = 1/11 at g = 3, so w₀ = 1/5 + 3/11 = 26/55; w₁ = 0. */
    @Test
    void gradCamPlusPlusWeighsTheGradientsOfAChannelOneByOne() {
        assertThat(Attributing.values(new GradCamPlusPlus("hidden"), spatial(), new float[] {1, 2, 3, 4}, 0))
                .containsExactly(26 / 55f, 52 / 55f);
    }

    /** The same features and gradients as tokens (A⁰, A¹), after a prefix token that would change everything. */
    @Test
    void prefixTokensAreLeftOut() {
        TwoLayerReluModel model =
                identity(new Tap("tokens", Tap.Layout.TOKENS, 2, 1, 2, 1), new double[] {100, -100, 1, -0.5, 3, -0.5});

        float[] values = Attributing.values(new GradCam("tokens"), model, new float[] {50, 70, 1, 3, 2, 4}, 0);

        assertThat(values).containsExactly(0.5f, 2);
    }

    /** α = (−1, −¼): both sums are negative. */
    @Test
    void aMapWithoutAnythingPositiveIsZero() {
        TwoLayerReluModel model =
                identity(new Tap("hidden", Tap.Layout.SPATIAL, 2, 1, 2, 0), new double[] {-1, -1, -0.5, 0});

        assertThat(Attributing.values(new GradCam("last"), model, new float[] {1, 2, 3, 4}, 0))
                .containsExactly(0, 0);
    }

    private static TwoLayerReluModel spatial() {
        return identity(
                new Tap("hidden", Tap.Layout.SPATIAL, 2, 1, 2, 0),
                new double[] {1, 3, -0.5, -0.5},
                new double[] {-1, 1, 0.5, -0.5});
    }

    private static TwoLayerReluModel identity(Tap tap, double[]... heads) {
        int size = tap.size();
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }

        return new TwoLayerReluModel(
                InputSpec.raw(1, 1, size), tap, identity, new double[size], heads, new double[heads.length]);
    }
}
