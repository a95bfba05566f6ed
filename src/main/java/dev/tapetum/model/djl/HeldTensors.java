package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Stimulus;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One image on the hardware, the stimuli of it that were drawn on the JVM, its activations at taps, and its sums; one manager
 * owns them all.
 */
final class HeldTensors implements HeldImage {

    /**
     * Drawn stimuli that stay, and activations: the baselines that one round of a few methods side by side speaks of, the
     * taps that there are autoencoders for.
     */
    private static final int KEPT = 4;

    private final NDManager manager;
    private final float[] pixels;
    private final InputSpec input;
    private final NDArray original;
    private final Map<Stimulus, NDArray> drawn = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Inner, NDArray> activations = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, NDArray> slots = new HashMap<>();

    HeldTensors(NDManager manager, float[] pixels, InputSpec input) {
        this.manager = manager;
        this.pixels = pixels;
        this.input = input;
        this.original = upload(pixels);
    }

    /** Which activation: of which model, at which tap, for which stimulus. */
    record Inner(@Nullable String variant, Tap tap, Stimulus stimulus) {}

    /** The image on the JVM. */
    float[] pixels() {
        return pixels;
    }

    /** The image, {@code channels × height × width}. */
    NDArray original() {
        return original;
    }

    /**
     * A stimulus that is drawn on the JVM. The few that were asked for last are kept, since a baseline is asked for again and
     * again; the others live as long as {@code scratch}, since some programs ask for hundreds of stimuli once each.
     */
    NDArray drawn(Stimulus stimulus, NDManager scratch) {
        NDArray known = drawn.get(stimulus);
        if (known != null) {
            return known;
        }

        makeRoom(drawn, scratch);
        NDArray uploaded = upload(stimulus.render(pixels, input));
        drawn.put(stimulus, uploaded);
        return uploaded;
    }

    /** An activation that was kept, {@code 1 × …}; null if it was not, or others have been asked for since. */
    @Nullable
    NDArray activation(Inner inner) {
        return activations.get(inner);
    }

    /** Keeps an activation in the place of the one that was asked for longest ago, which lives on in {@code scratch}. */
    void keep(Inner inner, NDArray activation, NDManager scratch) {
        makeRoom(activations, scratch);
        activation.attach(manager);
        activations.put(inner, activation);
    }

    private static void makeRoom(Map<?, NDArray> kept, NDManager scratch) {
        if (kept.size() >= KEPT) {
            Iterator<NDArray> oldest = kept.values().iterator();
            oldest.next().attach(scratch); // and not closed: the call that is being built may use it
            oldest.remove();
        }
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
            weights[i] = (float) (term.weight() / divisor(term, sums.get(i)));
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

    private static double divisor(Fetch.Term term, NDArray slot) {
        if (term.scale() == Fetch.Scale.AS_SUMMED) {
            return 1;
        }

        try (NDArray total = slot.sum()) {
            double sum = total.getFloat();
            return sum == 0 ? 1 : sum;
        }
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
