package dev.tapetum.probe;

import dev.tapetum.model.Tap;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is added to the activation at a tap on its way up, {@code a' = a + Δ}, at positions of the grid only: prefix tokens
 * go on as they are.
 *
 * <p>This is every edit of a sparse autoencoder. With {@code f} the features of a token, {@code x̂ = s·(W f + b) + μ} its
 * reconstruction, and feature {@code j} set to {@code v}, keeping the error term leaves
 * {@code x' = (x − x̂) + x̂(f') = x + (v − f_j)·s·w_j}: one direction, with one coefficient per token. Reconstructions and
 * means in place of tokens are {@link Dense} shifts, {@code Δ = x̂ − x}.
 */
public sealed interface TapShift permits TapShift.Along, TapShift.Dense {

    Tap tap();

    /** {@code Δ}, in the tap's layout, zero for prefix tokens. */
    float[] delta();

    /** {@code a + Δ} for the activation of one image. */
    default float[] applied(float[] activation) {
        float[] shifted = delta();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += activation[i];
        }

        return shifted;
    }

    /**
     * One direction, {@code Δ_t = c_t · v}: small, however large the activation is. Shifts of equal numbers are equal.
     *
     * @param coefficients {@code c}, one per position of the grid; zero where nothing is to change
     * @param direction {@code v}, one finite number per channel
     */
    record Along(Tap tap, float[] coefficients, float[] direction) implements TapShift {

        public Along {
            if (coefficients.length != tap.positions() || direction.length != tap.channels()) {
                throw new IllegalArgumentException(
                        coefficients.length + " coefficients of a direction of " + direction.length + " at tap '"
                                + tap.name() + "' of " + tap.positions() + " positions with " + tap.channels());
            }

            for (float value : direction) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("A direction at tap '" + tap.name() + "' holds " + value);
                }
            }
        }

        @Override
        public float[] delta() {
            int channels = direction.length;
            float[] tokens = new float[coefficients.length * channels];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = coefficients[i / channels] * direction[i % channels];
            }

            return tap.layOut(tokens);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Along along
                    && tap.equals(along.tap)
                    && Arrays.equals(coefficients, along.coefficients)
                    && Arrays.equals(direction, along.direction);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tap, Arrays.hashCode(coefficients), Arrays.hashCode(direction));
        }
    }

    /**
     * Any vector at every position. As with {@link Stimulus.Pixels}, a shift equals only one of the same array.
     *
     * @param tokens {@code Δ}, {@code positions × channels}, row by row
     */
    record Dense(Tap tap, float[] tokens) implements TapShift {

        public Dense {
            if (tokens.length != tap.positions() * tap.channels()) {
                throw new IllegalArgumentException(tokens.length + " floats to shift tap '" + tap.name() + "' of "
                        + tap.positions() + " positions with " + tap.channels());
            }
        }

        @Override
        public float[] delta() {
            return tap.layOut(tokens);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Dense dense && tap.equals(dense.tap) && dense.tokens == tokens;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(tokens);
        }
    }
}
