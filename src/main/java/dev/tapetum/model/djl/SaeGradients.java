package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The gradients of an autoencoder's weights, by the names of {@link SaeWeights}, while they are put together. */
final class SaeGradients {

    private final Map<String, NDArray> byName = new LinkedHashMap<>();

    void put(String name, NDArray gradient) {
        byName.put(name, gradient);
    }

    NDArray get(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    Map<String, NDArray> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /** Length of all gradients taken together. */
    double length() {
        double square = 0;
        for (NDArray gradient : byName.values()) {
            square += gradient.square().sum().getFloat();
        }

        return Math.sqrt(square);
    }
}
