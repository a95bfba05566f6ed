package dev.tapetum.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Another model of the same shape that travels in the bundle, to be asked everything that the model itself can be asked.
 *
 * @param name its file without the extension
 * @param kind what was done to the weights
 * @param layers which weights, in words
 */
public record Variant(String name, Kind kind, String layers) implements Serializable {

    /** How a variant differs from the model. */
    public enum Kind {
        /** Weights were drawn anew, from the logits downwards; the last one of a bundle has nothing left of the model. */
        RANDOMISED,
        /** All weights were multiplied by noise around one. */
        NOISY
    }

    public Variant {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(layers, "layers");
    }
}
