package dev.tapetum.job;

import dev.tapetum.model.ModelBundle;
import dev.tapetum.sae.Activation;
import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.SparseAutoencoder;
import java.nio.file.Path;

/** An autoencoder for the demo's model that nobody trained: its features are directions without a pattern. */
final class DemoSae {

    static final String TAP = "block3";
    static final int CHANNELS = 64;
    static final int FEATURES = 40;

    private DemoSae() {}

    /** Writes the bundle beside the demo's model and returns it. */
    static SaeBundle write(DemoAudit demo, String folder) {
        ModelBundle model = ModelBundle.read(demo.folder().resolve("model"), "model");
        return write(demo.folder().resolve(folder), CHANNELS, TAP, model.sha256(), 4);
    }

    /** Writes it as if images had been judged by. */
    static SaeBundle write(DemoAudit demo, String folder, FeatureExtents extents) {
        ModelBundle model = ModelBundle.read(demo.folder().resolve("model"), "model");
        return SaeBundle.write(
                demo.folder().resolve(folder), autoencoder(CHANNELS, 4), TAP, model.sha256(), null, null, extents);
    }

    static SaeBundle write(Path folder, int channels, String tap, String modelSha256, int k) {
        return SaeBundle.write(folder, autoencoder(channels, k), tap, modelSha256, null, null, null);
    }

    private static SparseAutoencoder autoencoder(int channels, int k) {
        float[] encoder = new float[channels * FEATURES];
        float[] decoder = new float[encoder.length];
        float[] bias = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            // The last one never fires.
            bias[j] = j == FEATURES - 1 ? -1e6f : 0;
            double square = 0;
            for (int i = 0; i < channels; i++) {
                double value = Math.sin(1.3 * i + 0.7 * j * (i + 1) + j);
                encoder[i * FEATURES + j] = (float) value;
                square += value * value;
            }

            for (int i = 0; i < channels; i++) {
                decoder[j * channels + i] = (float) (encoder[i * FEATURES + j] / Math.sqrt(square));
            }
        }

        return new SparseAutoencoder(
                new Normalisation(new float[channels], 2),
                new Activation.TopK(k),
                encoder,
                bias,
                decoder,
                new float[channels],
                new float[0]);
    }
}
