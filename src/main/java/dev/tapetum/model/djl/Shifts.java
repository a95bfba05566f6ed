package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.TapShift;
import java.util.List;

/** Shifts of activations as tensors: those along a direction are multiplied out on the hardware. */
final class Shifts {

    private Shifts() {}

    /** One {@code Δ} per shift, in the tap's layout: as many values as the activations have. */
    static NDArray of(NDManager scratch, Tap tap, List<TapShift> shifts) {
        List<TapShift.Along> along = shifts.stream()
                .filter(TapShift.Along.class::isInstance)
                .map(TapShift.Along.class::cast)
                .toList();
        return along.size() == shifts.size() ? products(scratch, tap, along) : deltas(scratch, tap, shifts);
    }

    /** {@code c ⊗ v}, with coefficients of zero for prefix tokens. */
    private static NDArray products(NDManager scratch, Tap tap, List<TapShift.Along> shifts) {
        int n = shifts.size();
        int places = tap.prefixTokens() + tap.positions();
        float[] coefficients = new float[n * places];
        float[] directions = new float[n * tap.channels()];
        for (int i = 0; i < n; i++) {
            TapShift.Along shift = shifts.get(i);
            System.arraycopy(shift.coefficients(), 0, coefficients, i * places + tap.prefixTokens(), tap.positions());
            System.arraycopy(shift.direction(), 0, directions, i * tap.channels(), tap.channels());
        }

        return switch (tap.layout()) {
            case SPATIAL ->
                scratch.create(directions, new Shape(n, tap.channels(), 1))
                        .mul(scratch.create(coefficients, new Shape(n, 1, places)));
            case TOKENS ->
                scratch.create(coefficients, new Shape(n, places, 1))
                        .mul(scratch.create(directions, new Shape(n, 1, tap.channels())));
        };
    }

    private static NDArray deltas(NDManager scratch, Tap tap, List<TapShift> shifts) {
        float[] deltas = new float[shifts.size() * tap.size()];
        for (int i = 0; i < shifts.size(); i++) {
            System.arraycopy(shifts.get(i).delta(), 0, deltas, i * tap.size(), tap.size());
        }

        return scratch.create(deltas, new Shape(shifts.size(), tap.size()));
    }
}
