package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    /** Of 64 latents the shares are 2, 4, 8 and 16; the last prefix is all. */
    @Test
    void theSharesOfAMatryoshkaAddUpToItsPrefixes() {
        assertThat(new Matryoshka(0, List.of(1 / 32.0, 1 / 16.0, 1 / 8.0, 1 / 4.0), 16).prefixes(64))
                .containsExactly(2, 6, 14, 30, 64);
    }

    /** Of 8 latents the first share is a quarter of one, and both together three quarters. */
    @Test
    void aPrefixThatAddsNoLatentIsLeftOut() {
        assertThat(new Matryoshka(0, List.of(1 / 32.0, 1 / 16.0), 1).prefixes(8))
                .containsExactly(1, 8);
        assertThat(new Matryoshka(0, List.of(), 1).prefixes(8)).containsExactly(8);
    }

    @Test
    void parametersWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new Relu(-1, 16)).hasMessage("penalty must be a number from 0, not -1.0");
        assertThatThrownBy(() -> new Relu(0, 0)).hasMessage("expansion must be at least 1, not 0");
        assertThatThrownBy(() -> new TopK(0, 0, 1, 1)).hasMessage("k must be at least 1, not 0");
        assertThatThrownBy(() -> new TopK(9, 0, 1, 1).features(8))
                .hasMessage("k must be at most the number of latents, 8, not 9");
        assertThatThrownBy(() -> new BatchTopK(9, 0, 1, 1).features(8))
                .hasMessage("k must be at most the number of latents, 8, not 9");
        assertThatThrownBy(() -> new BatchTopK(1, 0, 0, 1)).hasMessage("dead-after must be at least 1, not 0");
        assertThatThrownBy(() -> new Matryoshka(0, List.of(0.5, 0.5), 1))
                .hasMessage("shares must add up to less than 1, not to 1.0");
        assertThatThrownBy(() -> new Matryoshka(0, List.of(0.0), 1)).hasMessage("shares must be above 0, not 0.0");
        assertThatThrownBy(() -> new JumpRelu(0, 1, 1, 1)).hasMessage("target must be above 0, not 0.0");
        assertThatThrownBy(() -> new JumpRelu(1, 0, 1, 1)).hasMessage("bandwidth must be above 0, not 0.0");
    }

    /** Eight tokens for twelve latents: each is drawn before any is drawn again. */
    @Test
    void theFirstDirectionsAreThoseOfTokensFromTheirMean() {
        SplitMix64 random = new SplitMix64(5);
        float[] sample = SparseAutoencoderTest.normal(random, 8 * 4, 1);
        SparseAutoencoder start = Initialisation.of(new Relu(0, 3), Normalisation.none(4), sample, 1);
        boolean[] met = new boolean[8];
        for (int j = 0; j < 12; j++) {
            float[] direction = Arrays.copyOfRange(start.decoder(), 4 * j, 4 * j + 4);
            assertThat(length(direction)).isCloseTo(1, Offset.offset(1e-6));
            for (int row = 0; row < 8; row++) {
                float[] way = new float[4];
                for (int i = 0; i < 4; i++) {
                    way[i] = sample[4 * row + i] - start.decoderBias()[i];
                }

                double cosine = 0;
                for (int i = 0; i < 4; i++) {
                    cosine += way[i] * direction[i] / length(way);
                }

                met[row] |= j < 8 && cosine > 1 - 1e-6;
            }

            for (int i = 0; i < 4; i++) {
                assertThat(start.encoder()[12 * i + j]).isEqualTo(direction[i]);
            }
        }

        assertThat(met).containsOnly(true);
        assertThat(start.encoderBias()).containsOnly(0);
        assertThat(start.decoderBias()[2])
                .isCloseTo(
                        (float) java.util.stream.IntStream.range(0, 8)
                                .mapToDouble(row -> sample[4 * row + 2])
                                .average()
                                .orElseThrow(),
                        Offset.offset(1e-6f));
        assertThat(Initialisation.of(new Relu(0, 3), Normalisation.none(4), sample, 1)
                        .decoder())
                .isEqualTo(start.decoder());
        assertThat(Initialisation.of(new Relu(0, 3), Normalisation.none(4), sample, 2)
                        .decoder())
                .isNotEqualTo(start.decoder());
    }

    @Test
    void aTokenOnTheMeanGivesARandomDirection() {
        SparseAutoencoder start =
                Initialisation.of(new JumpRelu(1, 0.5, 1, 2), Normalisation.none(2), new float[] {3, 3}, 1);
        assertThat(length(Arrays.copyOf(start.decoder(), 2))).isCloseTo(1, Offset.offset(1e-6));
        assertThat(start.thresholds()).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
    }

    private static double length(float[] values) {
        double square = 0;
        for (float value : values) {
            square += (double) value * value;
        }

        return Math.sqrt(square);
    }
}
