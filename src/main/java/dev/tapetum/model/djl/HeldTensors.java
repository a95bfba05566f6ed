package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Stimulus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One image on the hardware, the stimuli of it that were drawn on the JVM, and its sums; one manager owns them all. */
final class HeldTensors implements HeldImage {

    private final NDManager manager;
    private final float[] pixels;
    private final InputSpec input;
    private final NDArray original;
    private final Map<Stimulus, NDArray> drawn = new HashMap<>();
    private final Map<Integer, NDArray> slots = new HashMap<>();

    HeldTensors(NDManager manager, float[] pixels, InputSpec input) {
        this.manager = manager;
        this.pixels = pixels;
        this.input = input;
        this.original = upload(pixels);
    }

    /** The image, {@code channels × height × width}. */
    NDArray original() {
        return original;
    }

    /** A stimulus that is drawn on the JVM and kept, since it is asked for again and again. */
    NDArray drawn(Stimulus stimulus) {
        return drawn.computeIfAbsent(stimulus, s -> upload(s.render(pixels, input)));
    }

    /** Adds to a sum in place, or starts it with an array that nobody else holds. Allocates nothing. */
    void add(int slot, NDArray delta) {
        NDArray sum = slots.get(slot);
        if (sum == null) {
            delta.attach(manager);
            slots.put(slot, delta);
        } else {
            sum.addi(delta);
        }
    }

    NDArray weightedSum(List<Fetch.Term> terms, NDManager scratch) {
        NDList sums = new NDList();
        float[] weights = new float[terms.size()];
        for (int i = 0; i < weights.length; i++) {
            Fetch.Term term = terms.get(i);
            sums.add(Objects.requireNonNull(slots.get(term.slot()), "slot " + term.slot()));
            weights[i] = (float) term.weight();
        }

        if (weights.length == 1 && weights[0] == 1) {
            NDArray only = sums.get(0).duplicate();
            only.attach(scratch);
            return only;
        }

        NDArray stacked = NDArrays.stack(sums);
        stacked.attach(scratch);
        return scratch.create(weights, new Shape(1, weights.length))
                .matMul(stacked)
                .reshape(-1);
    }

    void free(int slot) {
        NDArray sum = slots.remove(slot);
        if (sum != null) {
            sum.close();
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray upload(float[] values) {
        return manager.create(values, new Shape(input.channels(), input.height(), input.width()));
    }
}
