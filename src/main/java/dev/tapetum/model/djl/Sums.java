package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.probe.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch of gradients adds to the sums of its images. Contributions that treat the gradient alike are one matrix
 * product {@code weights (sums × rows) · T(gradients ⊙ directions) (rows × values)}.
 *
 * <p>Everything that needs memory is prepared first and committed last, so that a batch which runs out of memory has
 * changed nothing.
 */
final class Sums {

    private final Renderer renderer;
    private final NDManager scratch;
    private final NDArray gradients;
    private final List<Delta> deltas = new ArrayList<>();

    Sums(Renderer renderer, NDManager scratch, List<Request> batch, NDArray gradients) {
        this.renderer = renderer;
        this.scratch = scratch;
        this.gradients = gradients;
        group(batch).forEach(this::prepare);
    }

    /** How a gradient is treated before it is weighted. */
    private record Treatment(boolean directed, Transform transform) {}

    private record Entry(int row, HeldTensors image, Contribution contribution) {}

    private record Sum(HeldTensors image, int slot) {}

    private record Delta(Sum sum, NDArray value) {}

    void commit() {
        for (Delta delta : deltas) {
            delta.sum.image.add(delta.sum.slot, delta.value);
        }
    }

    private static Map<Treatment, List<Entry>> group(List<Request> batch) {
        Map<Treatment, List<Entry>> groups = new LinkedHashMap<>();
        for (int row = 0; row < batch.size(); row++) {
            Request request = batch.get(row);
            for (Contribution contribution : request.contributions()) {
                Treatment treatment = new Treatment(contribution.times() != null, contribution.transform());
                groups.computeIfAbsent(treatment, none -> new ArrayList<>())
                        .add(new Entry(row, (HeldTensors) request.image(), contribution));
            }
        }

        return groups;
    }

    private void prepare(Treatment treatment, List<Entry> entries) {
        Map<Sum, Integer> sums = new LinkedHashMap<>();
        for (Entry entry : entries) {
            sums.putIfAbsent(new Sum(entry.image, entry.contribution.slot()), sums.size());
        }

        NDArray products = scratch.create(
                        weights(treatment, entries, sums), new Shape(sums.size(), columns(treatment, entries)))
                .matMul(treated(treatment, entries));
        sums.forEach((sum, index) -> {
            NDArray value = products.get(index);
            deltas.add(new Delta(sum, sum.image.hasSlot(sum.slot) ? value : value.duplicate()));
        });
    }

    /** Undirected gradients are used in place, one column per row of the batch; directed ones have a column each. */
    private long columns(Treatment treatment, List<Entry> entries) {
        return treatment.directed ? entries.size() : gradients.getShape().get(0);
    }

    private float[] weights(Treatment treatment, List<Entry> entries, Map<Sum, Integer> sums) {
        int columns = (int) columns(treatment, entries);
        float[] weights = new float[sums.size() * columns];
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            int sum = sums.getOrDefault(new Sum(entry.image, entry.contribution.slot()), 0);
            int column = treatment.directed ? k : entry.row;
            weights[sum * columns + column] += (float) entry.contribution.weight();
        }

        return weights;
    }

    private NDArray treated(Treatment treatment, List<Entry> entries) {
        NDArray values = gradients;
        if (treatment.directed) {
            List<Difference> directions = new ArrayList<>();
            for (Entry entry : entries) {
                Difference times = entry.contribution.times();
                if (times != null) {
                    directions.add(times);
                }
            }

            NDArray difference = renderer.difference(
                    scratch, entries.stream().map(Entry::image).toList(), directions);
            values = renderer.rows(gradients, entries.stream().map(Entry::row).toList())
                    .mul(difference.reshape(entries.size(), -1));
        }

        return switch (treatment.transform) {
            case IDENTITY -> values;
            case SQUARE -> values.square();
            case ABSOLUTE -> values.abs();
        };
    }
}
