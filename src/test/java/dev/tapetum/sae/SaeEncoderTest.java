package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.probe.TokenEncoder;
import org.junit.jupiter.api.Test;

class SaeEncoderTest {

    private static final double ROUNDING = 1e-6;

    /** Tokens (x, y) with mean (1, 2) and scale 2; feature 0 reads and writes the first value, feature 1 reads it with the other sign. */
    private static final SparseAutoencoder AUTOENCODER = new SparseAutoencoder(
            new Normalisation(new float[] {1, 2}, 2),
            new Activation.Relu(),
            new float[] {1, -1, 0, 0},
            new float[2],
            new float[] {1, 0, 0, 1},
            new float[2],
            new float[0]);

    private static final SaeEncoder ENCODER = new SaeEncoder(AUTOENCODER);

    /** (5, 8) is (2, 3) when normalised: feature 0 is 2, feature 1 is −2 and so not active. */
    @Test
    void activationsAreThoseOfAllFeatures() {
        assertThat(ENCODER.activations(new float[] {5, 8})).containsExactly(2, 0);
    }

    /** The reconstruction of (2, 3) is (2, 0): 6 of the model's units are missed; (5, 8) is (4, 6) from the mean. */
    @Test
    void theFitIsWhatTheReconstructionMisses() {
        TokenEncoder.Fit fit = ENCODER.fit(new float[] {5, 8});

        assertThat(fit.error()).isCloseTo(36, within(ROUNDING));
        assertThat(fit.size()).isCloseTo(52, within(ROUNDING));
        assertThat(fit.relative()).isCloseTo(36 / 52.0, within(ROUNDING));
    }

    @Test
    void aTokenThatIsTheMeanHasNoFit() {
        assertThat(ENCODER.fit(new float[] {1, 2}).relative()).isNaN();
    }

    /** As editing the code says: with feature 0 from 2 to 3, the token goes from (5, 8) to (7, 8). */
    @Test
    void theDirectionIsWhatOneMoreOfAFeatureAdds() {
        float[] token = {5, 8};
        float[] edited = AUTOENCODER.edit(token, AUTOENCODER.encode(token).with(0, 3));

        assertThat(ENCODER.direction(0)).containsExactly(edited[0] - token[0], edited[1] - token[1]);
        assertThat(ENCODER.direction(0)).containsExactly(2, 0);
    }

    @Test
    void encodersAreEqualByTheAutoencoderTheyHave() {
        SparseAutoencoder copy = new SparseAutoencoder(
                AUTOENCODER.normalisation(),
                AUTOENCODER.activation(),
                AUTOENCODER.encoder(),
                AUTOENCODER.encoderBias(),
                AUTOENCODER.decoder(),
                AUTOENCODER.decoderBias(),
                AUTOENCODER.thresholds());

        assertThat(new SaeEncoder(AUTOENCODER)).isEqualTo(ENCODER).hasSameHashCodeAs(ENCODER);
        assertThat(new SaeEncoder(copy)).isNotEqualTo(ENCODER);
    }
}
