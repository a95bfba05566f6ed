package dev.tapetum.model.djl;

import ai.djl.Device;
import dev.tapetum.model.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How a batch is cut into calls of the model: on the CPU into calls of one constant number of rows.
 *
 * <p>Why constant: PyTorch's kernels choose their blocking by the shape of the call, so the same image in a batch of
 * another size gives logits that differ in the last bits. In a network of ReLUs such a bit can push a unit over its kink,
 * and the gradient, which jumps there, then differs visibly. With one shape an image's answer is the same in whatever
 * company it is asked. A call that is not full is filled up with its last row; what that answers is dropped.
 *
 * <p>Why few: with large images larger calls are slower on a CPU. Their activations outgrow the caches, and from 32 MB a
 * tensor on the C library asks the kernel for fresh pages every time. With small images it is the number of calls that
 * counts.
 *
 * <p>On a GPU a batch is one call: there the price of small calls would be too high, and equality holds to rounding.
 *
 * @param rows rows of every call, or 0 if a batch is one call
 */
record CallShape(int rows) {

    private static final int FEWEST_ROWS = 8;
    private static final int MOST_ROWS = 32;

    /** Input values of a call, between the fewest and the most rows. */
    private static final int VALUES = 1 << 20;

    static CallShape of(Device device, InputSpec input) {
        int rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, VALUES / input.size()));
        return new CallShape(device.isGpu() ? 0 : rows);
    }

    /** The batch in parts, each for one call. */
    <T> List<List<T>> cut(List<T> batch) {
        if (rows == 0) {
            return List.of(batch);
        }

        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < batch.size(); start += rows) {
            parts.add(batch.subList(start, Math.min(batch.size(), start + rows)));
        }

        return parts;
    }

    /** A part with its last row repeated until the call is full. */
    <T> List<T> filled(List<T> part) {
        if (part.size() >= rows) {
            return part;
        }

        List<T> filled = new ArrayList<>(part);
        while (filled.size() < rows) {
            filled.add(part.get(part.size() - 1));
        }

        return filled;
    }
}
