package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.spec.SplitMix64;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SparseAutoencoderTest {

    /** Single precision on values of the order of ten. */
    private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

    /**
     * Two values and three latents, all numbers small and whole: μ = (1, −1), s = 2, b_dec = (1, 0), b_enc = (0, 1, −1),
     * W_enc = [1 0 1; 0 1 1], W_dec = [1 0; 0 1; 0.6 0.8].
     */
    private static SparseAutoencoder toy(Activation activation, float... thresholds) {
        return new SparseAutoencoder(
                new Normalisation(new float[] {1, -1}, 2),
                activation,
                new float[] {1, 0, 1, 0, 1, 1},
                new float[] {0, 1, -1},
                new float[] {1, 0, 0, 1, 0.6f, 0.8f},
                new float[] {1, 0},
                thresholds);
    }

    /** x = (9, 5): z = (4, 3), z − b_dec = (3, 3), h = (3, 4, 5). */
    private static final float[] TOKEN = {9, 5};

    @Test
    void theActivationDecidesWhichLatentsAreActive() {
        assertThat(toy(new Activation.Relu()).encode(TOKEN).values()).containsExactly(3, 4, 5);
        SparseCode largest = toy(new Activation.TopK(2)).encode(TOKEN);
        assertThat(largest.features()).containsExactly(1, 2);
        assertThat(largest.values()).containsExactly(4, 5);
        SparseCode above = toy(new Activation.Threshold(), 2.5f, 4, 6).encode(TOKEN);
        assertThat(above.features()).containsExactly(0);
        assertThat(above.values()).containsExactly(3);
    }

    /** x = (−3, −3): z = (−2, −1), z − b_dec = (−3, −1), h = (−3, 0, −5): nothing is positive. */
    @Test
    void whatIsNotPositiveIsNeverActive() {
        assertThat(toy(new Activation.Relu()).encode(new float[] {-3, -3}).size())
                .isZero();
        assertThat(toy(new Activation.TopK(2)).encode(new float[] {-3, -3}).size())
                .isZero();
    }

    /** x = (7, 3): z = (3, 2), z − b_dec = (2, 2), h = (2, 3, 3): of the two threes the first is taken. */
    @Test
    void ofEqualLatentsTheFirstIsActive() {
        assertThat(toy(new Activation.TopK(1)).encode(new float[] {7, 3}).features())
                .containsExactly(1);
        assertThat(toy(new Activation.TopK(7)).encode(new float[] {7, 3}).features())
                .containsExactly(0, 1, 2);
    }

    /** f = (0, 4, 5): ẑ = 4·(0, 1) + 5·(0.6, 0.8) + (1, 0) = (4, 8), x̂ = 2·(4, 8) + (1, −1) = (9, 15). */
    @Test
    void aCodeIsDecodedToTheModelsOwnScale() {
        assertThat(toy(new Activation.TopK(2)).reconstruct(TOKEN)).containsExactly(new float[] {9, 15}, ROUNDING);
    }

    /** Latent 2 from 5 to 0: x' = x − 2·5·(0.6, 0.8) = (3, −3). Latent 0 from 0 to 7: x' = x + 2·7·(1, 0) = (23, 5). */
    @Test
    void anEditKeepsTheErrorOfReconstruction() {
        SparseAutoencoder toy = toy(new Activation.TopK(2));
        SparseCode code = toy.encode(TOKEN);
        assertThat(toy.edit(TOKEN, code.with(2, 0))).containsExactly(new float[] {3, -3}, ROUNDING);
        assertThat(toy.edit(TOKEN, code.with(0, 7))).containsExactly(new float[] {23, 5}, ROUNDING);
    }

    @Test
    void anEditIsTheTokenLessItsReconstructionPlusTheNewOne() {
        SplitMix64 random = new SplitMix64(4);
        SparseAutoencoder random16 = random(random, 16, 64, new Activation.TopK(5));
        for (int n = 0; n < 20; n++) {
            float[] token = normal(random, 16, 3);
            SparseCode edited = random16.encode(token)
                    .with(random.below(64), (float) random.nextNormal())
                    .with(random.below(64), 0);
            float[] old = random16.reconstruct(token);
            float[] now = random16.decode(edited);
            float[] expected = new float[16];
            for (int i = 0; i < 16; i++) {
                expected[i] = token[i] - old[i] + now[i];
            }

            assertThat(random16.edit(token, edited)).containsExactly(expected, ROUNDING);
        }
    }

    @Test
    void theUnchangedCodeGivesBackTheVerySameFloats() {
        SplitMix64 random = new SplitMix64(9);
        SparseAutoencoder relu = random(random, 16, 64, new Activation.Relu());
        for (int n = 0; n < 20; n++) {
            float[] token = normal(random, 16, 100);
            SparseCode code = relu.encode(token);
            assertThat(code.size()).isPositive();
            assertThat(relu.edit(token, code)).isEqualTo(token);
            assertThat(relu.edit(token, code.with(code.features()[0], code.values()[0])))
                    .isEqualTo(token);
        }
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> toy(new Activation.Relu(), 1, 1, 1))
                .hasMessage("thresholds has 3 values in place of 0");
        assertThatThrownBy(() -> toy(new Activation.Threshold(), 1))
                .hasMessage("thresholds has 1 values in place of 3");
        assertThatThrownBy(() -> toy(new Activation.Threshold(), 1, -1, 1))
                .hasMessage("thresholds must be at least 0, not -1.0");
        assertThatThrownBy(() -> toy(new Activation.Relu()).encode(new float[4]))
                .hasMessage("token has 4 values in place of 2");
    }

    static SparseAutoencoder random(SplitMix64 random, int width, int features, Activation activation) {
        return new SparseAutoencoder(
                new Normalisation(normal(random, width, 1), 2.5f),
                activation,
                normal(random, width * features, 0.25),
                normal(random, features, 0.1),
                normal(random, features * width, 0.25),
                normal(random, width, 0.1),
                new float[0]);
    }

    static float[] normal(SplitMix64 random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextNormal());
        }

        return values;
    }
}
