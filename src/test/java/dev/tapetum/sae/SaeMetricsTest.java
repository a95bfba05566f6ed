package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SaeMetricsTest {

    /** Sums of some thousand doubles in another order. */
    private static final double ROUNDING = 1e-9;

    /** One value per token, one latent that copies what is positive: x = 2, −1, −1 becomes 2, 0, 0. */
    private static final SparseAutoencoder COPY = new SparseAutoencoder(
            Normalisation.none(1),
            new Activation.Relu(),
            new float[] {1, -1},
            new float[] {0, -9},
            new float[] {1, -1},
            new float[] {0},
            new float[0]);

    /** Errors 0, 1, 1: Σ = 2. Σ‖x‖² = 6 and Σx = 0, so the normalised error is 1/3. One latent is active once, the other never. */
    @Test
    void theSumsGiveTheQualityByHand() {
        Quality quality = SaeMetrics.of(COPY, new float[] {2, -1, -1}).quality();
        assertThat(quality).isEqualTo(new Quality(3, 1 / 3.0, 1 / 3.0, 0.5, 0.5));
    }

    /** x = 3, 1: variance Σ‖x‖² − ‖Σx‖²/2 = 10 − 8 = 2; nothing is lost. */
    @Test
    void theMeanOfTheTokensDoesNotCountAsVariance() {
        assertThat(new SaeMetrics(2, 1, 10, new double[] {4}, new long[1])
                        .quality()
                        .normalisedMse())
                .isEqualTo(0.5);
        assertThat(SaeMetrics.of(COPY, new float[] {3, 1}).quality().normalisedMse())
                .isZero();
    }

    @Test
    void tokensWithoutVarianceHaveNoNormalisedError() {
        assertThat(SaeMetrics.of(COPY, new float[] {-1, -1}).quality().normalisedMse())
                .isNull();
        assertThatThrownBy(() -> SaeMetrics.none(1, 2).quality()).isInstanceOf(IllegalStateException.class);
    }

    /** Of 200 tokens one percent are 2: active three times is dense, twice is not. */
    @Test
    void denseIsWhatIsActiveInMoreThanOnePercent() {
        assertThat(new SaeMetrics(200, 0, 1, new double[1], new long[] {0, 1, 2, 3}).quality())
                .isEqualTo(new Quality(200, 0.0, 0.03, 0.25, 0.25));
    }

    @Test
    void mergedPartsAreOnePass() {
        SplitMix64 random = new SplitMix64(2);
        SparseAutoencoder autoencoder = SparseAutoencoderTest.random(random, 8, 32, new Activation.TopK(3));
        float[] tokens = SparseAutoencoderTest.normal(random, 8 * 100, 2);
        SaeMetrics whole = SaeMetrics.of(autoencoder, tokens);
        SaeMetrics merged = SaeMetrics.none(8, 32);
        for (int[] part : new int[][] {{0, 1}, {1, 40}, {40, 100}}) {
            merged = merged.merge(SaeMetrics.of(autoencoder, Arrays.copyOfRange(tokens, 8 * part[0], 8 * part[1])));
        }

        assertThat(merged.tokens()).isEqualTo(100);
        assertThat(merged.active()).isEqualTo(whole.active());
        assertThat(merged.squaredError()).isCloseTo(whole.squaredError(), Offset.offset(ROUNDING));
        assertThat(merged.squaredNorm()).isCloseTo(whole.squaredNorm(), Offset.offset(ROUNDING));
        assertThat(merged.sum()).containsExactly(whole.sum(), Offset.offset(ROUNDING));
        assertThat(Objects.requireNonNull(merged.quality().normalisedMse()))
                .isCloseTo(Objects.requireNonNull(whole.quality().normalisedMse()), Offset.offset(ROUNDING));
    }
}
