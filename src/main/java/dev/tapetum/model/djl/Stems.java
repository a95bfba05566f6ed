package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Device.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The activations that the rows of one call start from. Each is computed once, and stays with its image for the calls to
 * come: an image is often asked for its activation first, and then for a hundred shifts of it.
 *
 * @param scratch owns all but what stays
 */
record Stems(Renderer renderer, CallShape shape, ModelCalls calls, NDManager scratch) {

    /** What an activation belongs to; in a call all are of one model and one tap. */
    private record Place(HeldTensors image, HeldTensors.Inner inner) {}

    /**
     * One activation per row, {@code rows × …}.
     *
     * @param part the requests of the call
     * @param rows of which these are made
     */
    NDArray activations(Tap tap, List<Request> part, List<Request> rows) {
        Map<Place, NDArray> known = new HashMap<>();
        Map<Place, Request> missing = new LinkedHashMap<>();
        for (Request request : part) {
            Place place = place(tap, request);
            NDArray activation = place.image.activation(place.inner);
            if (activation == null) {
                missing.put(place, request);
            } else {
                known.put(place, activation);
            }
        }

        if (!missing.isEmpty()) {
            compute(tap, missing, known);
        }

        return gathered(tap, known, rows);
    }

    private void compute(Tap tap, Map<Place, Request> missing, Map<Place, NDArray> known) {
        NDArray images = renderer.render(
                scratch,
                shape.filled(List.copyOf(missing.values())),
                request -> request.probe().stimulus());
        NDList activations = calls.stem(tap, images).split(images.getShape().get(0));
        int row = 0;
        for (Place place : missing.keySet()) {
            NDArray own = activations.get(row++).duplicate(); // a part of the whole batch would keep all of it
            place.image.keep(place.inner, own, scratch);
            known.put(place, own);
        }
    }

    private NDArray gathered(Tap tap, Map<Place, NDArray> known, List<Request> rows) {
        NDList activations = new NDList();
        Map<Place, Integer> numbers = new HashMap<>();
        List<Integer> wanted = new ArrayList<>();
        for (Request request : rows) {
            wanted.add(numbers.computeIfAbsent(place(tap, request), place -> {
                activations.add(Objects.requireNonNull(known.get(place)));
                return activations.size() - 1;
            }));
        }

        NDArray together = NDArrays.concat(activations);
        together.attach(scratch);
        return renderer.rows(together, wanted);
    }

    private static Place place(Tap tap, Request request) {
        return new Place(
                (HeldTensors) request.image(),
                new HeldTensors.Inner(
                        request.probe().variant(), tap, request.probe().stimulus()));
    }
}
