package dev.tapetum.sae;

import dev.tapetum.probe.TokenEncoder;
import java.util.Objects;

/**
 * The encoder of an autoencoder, as probes and devices know it.
 *
 * @param autoencoder the very same for encoders to be equal: its weights are not compared
 */
public record SaeEncoder(SparseAutoencoder autoencoder) implements TokenEncoder {

    public SaeEncoder {
        Objects.requireNonNull(autoencoder, "autoencoder");
    }

    @Override
    public int width() {
        return autoencoder.width();
    }

    @Override
    public int features() {
        return autoencoder.features();
    }

    @Override
    public float[] activations(float[] token) {
        SparseCode code = autoencoder.encode(token);
        float[] activations = new float[features()];
        for (int i = 0; i < code.size(); i++) {
            activations[code.features()[i]] = code.values()[i];
        }

        return activations;
    }

    @Override
    public Fit fit(float[] token) {
        float[] reconstructed = autoencoder.reconstruct(token);
        float[] mean = autoencoder.normalisation().mean();
        double error = 0;
        double size = 0;
        for (int i = 0; i < token.length; i++) {
            error += ((double) token[i] - reconstructed[i]) * ((double) token[i] - reconstructed[i]);
            size += ((double) token[i] - mean[i]) * ((double) token[i] - mean[i]);
        }

        return new Fit(error, size);
    }

    /** {@code s·w_j}: decoders write on the scale of normalised tokens. */
    @Override
    public float[] direction(int feature) {
        Objects.checkIndex(feature, features());
        float[] direction = new float[width()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = autoencoder.normalisation().scale() * autoencoder.decoder()[feature * direction.length + i];
        }

        return direction;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        return other instanceof SaeEncoder encoder && encoder.autoencoder == autoencoder;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(autoencoder);
    }
}
