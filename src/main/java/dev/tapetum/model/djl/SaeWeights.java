package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tapetum.sae.LearnerState;
import dev.tapetum.sae.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The weights of an autoencoder in training on the hardware, each with the two moments of Adam. The encoder is kept as
 * {@code n × d}, one row per latent, as the decoder is.
 */
final class SaeWeights {

    static final String ENCODER = "encoder";
    static final String ENCODER_BIAS = "encoder_bias";
    static final String DECODER = "decoder";
    static final String DECODER_BIAS = "decoder_bias";
    static final String THRESHOLDS = "thresholds";

    private static final String FIRST_MOMENT = ".m";
    private static final String SECOND_MOMENT = ".v";
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    /** As {@code torch.nn.utils.clip_grad_norm_} has it. */
    private static final double CLIP_EPSILON = 1e-6;

    private final NDManager manager;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    /** @param manager owns the tensors */
    SaeWeights(NDManager manager) {
        this.manager = manager;
    }

    /** Adds a weight, with moments of zero. */
    void put(String name, float[] values, Shape shape) {
        names.add(name);
        tensors.put(name, manager.create(values, shape));
        tensors.put(name + FIRST_MOMENT, manager.zeros(shape, DataType.FLOAT32));
        tensors.put(name + SECOND_MOMENT, manager.zeros(shape, DataType.FLOAT32));
    }

    NDArray get(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no weight " + name);
        }

        return tensor;
    }

    /** Has what is computed from the weights belong to {@code scratch} for as long as that is open. */
    void lendTo(NDManager scratch) {
        tensors.values().forEach(scratch::tempAttachAll);
    }

    /** Removes from the decoder's gradient what would only change the lengths of its rows, which stay one. */
    void removeParallelPart(SaeGradients gradients) {
        NDArray decoder = get(DECODER);
        NDArray gradient = gradients.get(DECODER);
        NDArray parallel = gradient.mul(decoder).sum(new int[] {1}, true);
        gradient.subi(decoder.mul(parallel));
    }

    /**
     * One step of Adam (Kingma and Ba 2015, algorithm 1): {@code w ← w − η m̂ / (√v̂ + ε)}, on gradients shortened to {@code clip}.
     * With {@code m̂ = m/(1 − β₁ᵗ)} and {@code v̂ = v/(1 − β₂ᵗ)}, that is a step of {@code m / (√v + ε c)} times
     * {@code η c / (1 − β₁ᵗ)}, {@code c = √(1 − β₂ᵗ)}, which is what the engine computes in place. Then the decoder's rows get
     * length one, and thresholds below zero become zero.
     *
     * @param step t, from 1
     * @param length of all gradients taken together
     */
    void update(SaeGradients gradients, double learningRate, long step, double length, double clip) {
        double correction = Math.sqrt(1 - Math.pow(BETA_2, step));
        float rate = (float) (learningRate * correction / (1 - Math.pow(BETA_1, step)));
        float shortening = (float) Math.min(1, clip / (length + CLIP_EPSILON));
        for (String name : names) {
            JniUtils.adamUpdate(
                    (PtNDArray) get(name),
                    (PtNDArray) gradients.get(name),
                    (PtNDArray) get(name + FIRST_MOMENT),
                    (PtNDArray) get(name + SECOND_MOMENT),
                    rate,
                    rate,
                    0,
                    shortening,
                    -1,
                    (float) BETA_1,
                    (float) BETA_2,
                    (float) (EPSILON * correction),
                    false);
        }

        NDArray decoder = get(DECODER);
        decoder.divi(decoder.square().sum(new int[] {1}, true).sqrt());
        if (tensors.containsKey(THRESHOLDS)) {
            NDArray thresholds = get(THRESHOLDS);
            thresholds.muli(thresholds.gt(0));
        }
    }

    /** All tensors, by name, copied from the hardware. */
    void save(SortedMap<String, Tensor> into) {
        tensors.forEach((name, tensor) ->
                into.put(name, new Tensor.Floats(tensor.getShape().getShape(), tensor.toFloatArray())));
    }

    /** Overwrites all tensors. */
    void restore(LearnerState state) {
        for (Map.Entry<String, NDArray> named : tensors.entrySet()) {
            NDArray tensor = named.getValue();
            if (!(state.tensors().get(named.getKey()) instanceof Tensor.Floats saved)
                    || saved.values().length != tensor.size()) {
                throw new IllegalArgumentException(
                        "The state is of another autoencoder: it has no fitting tensor " + named.getKey());
            }

            try (NDArray values = manager.create(saved.values(), tensor.getShape())) {
                tensor.muli(0);
                tensor.addi(values);
            }
        }
    }
}
