package dev.tapetum.intervention;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.TapShift;
import dev.tapetum.probe.TokenEncoder;
import java.util.Objects;

/**
 * A feature of an autoencoder that is set to a value at some positions of a tap's grid, the error of the reconstruction kept:
 * {@code x'_t = x_t + (v − f_t) d}, with f_t the feature's own activation there, which a device has yet to tell
 * ({@link TapShift} derives it).
 *
 * @param feature whose activation f is
 * @param direction d, what a token gains when the feature rises by one; another for a control
 * @param value v, of either sign
 * @param positions where, one per position of the grid
 */
public record Steering(
        Tap tap, TokenEncoder encoder, int feature, float[] direction, double value, boolean[] positions) {

    public Steering {
        Objects.checkIndex(feature, encoder.features());
        if (direction.length != tap.channels() || positions.length != tap.positions()) {
            throw new IllegalArgumentException(direction.length + " numbers of a direction and " + positions.length
                    + " positions at tap '" + tap.name() + "'");
        }
    }

    /**
     * What is added to the activation.
     *
     * @param activations f, one per position of the grid
     */
    TapShift shift(float[] activations) {
        float[] coefficients = new float[activations.length];
        for (int t = 0; t < coefficients.length; t++) {
            coefficients[t] = positions[t] ? (float) (value - activations[t]) : 0;
        }

        return new TapShift.Along(tap, coefficients, direction);
    }
}
