package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.probe.Difference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a batch of gradients adds to the sums of its images. Contributions that treat the gradient alike are treated at
 * once; then every sum takes its own rows, {@code weights (1 × rows) · T(gradients ⊙ directions) (rows × values)}.
 *
 * <p>One product for all sums, with zeros for the rows of the others, would be shorter and wrong: zero times an
 * infinite gradient is not zero, and one image would spoil its neighbours.
 *
 * <p>Everything that needs memory is prepared first and committed last, so that a batch which runs out of memory has
 * changed nothing.
 */
final class Sums {

    private final Renderer renderer;
    private final NDManager keeper;
    private final NDManager scratch;
    private final NDArray gradients;
    private final List<Delta> deltas = new ArrayList<>();

    /**
     * @param keeper owns what is to be added until it is committed
     * @param scratch owns what is needed on the way
     */
    Sums(Renderer renderer, NDManager keeper, NDManager scratch, List<Request> batch, NDArray gradients) {
        this.renderer = renderer;
        this.keeper = keeper;
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

    private void prepare(Treatment treatment, List<Entry> unordered) {
        Map<Sum, List<Entry>> bySum = new LinkedHashMap<>();
        for (Entry entry : unordered) {
            bySum.computeIfAbsent(new Sum(entry.image, entry.contribution.slot()), none -> new ArrayList<>())
                    .add(entry);
        }

        List<Entry> entries = bySum.values().stream().flatMap(List::stream).toList();
        Iterator<NDArray> parts = split(treated(treatment, entries), bySum.values());
        bySum.forEach((sum, own) -> {
            NDArray value = weighted(own, parts.next());
            value.attach(keeper);
            deltas.add(new Delta(sum, value));
        });
    }

    /** One matrix per sum, in a single call: the rows of a sum lie together. */
    private static Iterator<NDArray> split(NDArray rows, Collection<List<Entry>> bySum) {
        if (bySum.size() == 1) {
            return List.of(rows).iterator();
        }

        long[] ends = new long[bySum.size() - 1];
        long end = 0;
        Iterator<List<Entry>> sums = bySum.iterator();
        for (int i = 0; i < ends.length; i++) {
            end += sums.next().size();
            ends[i] = end;
        }

        return rows.split(ends).iterator();
    }

    /** A new array, which the sum may keep. */
    private NDArray weighted(List<Entry> entries, NDArray rows) {
        if (entries.size() == 1) {
            double weight = entries.get(0).contribution.weight();
            NDArray only = rows.reshape(-1);
            return weight == 1 ? only.duplicate() : only.mul(weight);
        }

        float[] weights = new float[entries.size()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) entries.get(k).contribution.weight();
        }

        return scratch.create(weights, new Shape(1, weights.length))
                .matMul(rows)
                .reshape(-1);
    }

    private NDArray treated(Treatment treatment, List<Entry> entries) {
        NDArray values =
                renderer.rows(gradients, entries.stream().map(Entry::row).toList());
        if (treatment.directed) {
            List<Difference> directions = new ArrayList<>();
            for (Entry entry : entries) {
                directions.add(Objects.requireNonNull(entry.contribution.times()));
            }

            NDArray difference = renderer.difference(
                    scratch, entries.stream().map(Entry::image).toList(), directions);
            values = values.mul(difference.reshape(entries.size(), -1));
        }

        return switch (treatment.transform) {
            case IDENTITY -> values;
            case SQUARE -> values.square();
            case ABSOLUTE -> values.abs();
        };
    }
}
