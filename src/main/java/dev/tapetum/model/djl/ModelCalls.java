package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.Tap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks a module about a batch of images, on the CPU in calls of one constant shape.
 *
 * <p>Why constant: PyTorch's kernels choose their blocking by the shape of the call, so the same image in a batch of
 * another size gives logits that differ in the last bits. In a network of ReLUs such a bit can push a unit over its kink,
 * and the gradient, which jumps there, then differs visibly. With one shape an image's answer is the same in whatever
 * company it is asked. A call that is not full is filled up with copies of its last image; what they answer is dropped.
 *
 * <p>On a GPU a batch is one call: there the price of small calls would be too high, and equality holds to rounding.
 */
final class ModelCalls {

    /** Images per call on the CPU, about where larger batches no longer pay. */
    private static final int CPU_ROWS = 16;

    private final TorchScript module;

    ModelCalls(TorchScript module) {
        this.module = module;
    }

    /** @param gradients {@code images × values} */
    record InputGradients(float[][] logits, NDArray gradients) {}

    record TapGradients(float[][] logits, float[][] activations, float[][] gradients) {}

    /** @param images {@code n × channels × height × width} */
    float[][] logits(NDArray images) {
        List<float[]> logits = new ArrayList<>();
        for (Call call : cut(images)) {
            logits.addAll(rows(module.run("forward", call.images), call));
        }

        return logits.toArray(float[][]::new);
    }

    InputGradients inputGradients(NDArray images, int[] targets) {
        List<float[]> logits = new ArrayList<>();
        NDList gradients = new NDList();
        for (Call call : cut(images)) {
            call.images.setRequiresGradient(true);
            NDArray output = module.runWithGradient("forward", call.images);
            logits.addAll(rows(output, call));
            NDArray gradient = TorchScript.backward(output, oneHot(output, call, targets), call.images)
                    .get(new NDIndex().addSliceDim(0, call.used));
            gradients.add(gradient.reshape(call.used, -1));
        }

        NDArray all = gradients.size() == 1 ? gradients.get(0) : NDArrays.concat(gradients);
        return new InputGradients(logits.toArray(float[][]::new), all);
    }

    TapGradients tapGradients(Tap tap, NDArray images, int[] targets) {
        List<float[]> logits = new ArrayList<>();
        List<float[]> activations = new ArrayList<>();
        List<float[]> gradients = new ArrayList<>();
        for (Call call : cut(images)) {
            // Not inference mode, although nothing is differentiated yet: an inference tensor could not become a leaf.
            NDArray activation =
                    module.runWithGradient("stem_" + tap.name(), call.images).stopGradient();
            activation.setRequiresGradient(true);
            NDArray output = module.runWithGradient("head_" + tap.name(), activation);
            logits.addAll(rows(output, call));
            gradients.addAll(rows(TorchScript.backward(output, oneHot(output, call, targets), activation), call));
            activations.addAll(rows(activation.stopGradient(), call));
        }

        return new TapGradients(
                logits.toArray(float[][]::new), activations.toArray(float[][]::new), gradients.toArray(float[][]::new));
    }

    /**
     * One call of the module.
     *
     * @param start index of its first image in the batch
     * @param used how many of its images are the batch's, the others being filling
     */
    private record Call(NDArray images, int start, int used) {}

    private static List<Call> cut(NDArray images) {
        int count = (int) images.getShape().get(0);
        int rows = images.getDevice().isGpu() ? count : CPU_ROWS;
        List<Call> calls = new ArrayList<>();
        for (int start = 0; start < count; start += rows) {
            int used = Math.min(rows, count - start);
            calls.add(new Call(call(images, start, used, rows), start, used));
        }

        return calls;
    }

    private static NDArray call(NDArray images, int start, int used, int rows) {
        if (used == rows && rows == images.getShape().get(0)) {
            return images;
        }

        NDArray part = images.get(new NDIndex().addSliceDim(start, start + used));
        if (used == rows) {
            return part.duplicate();
        }

        NDList filled = new NDList(part);
        NDArray last = images.get(new NDIndex().addSliceDim(start + used - 1, start + used));
        for (int i = used; i < rows; i++) {
            filled.add(last);
        }

        return NDArrays.concat(filled);
    }

    private static NDArray oneHot(NDArray logits, Call call, int[] targets) {
        Shape shape = logits.getShape();
        int classes = (int) shape.get(1);
        float[] ones = new float[(int) shape.size()];
        for (int i = 0; i < call.used; i++) {
            ones[i * classes + targets[call.start + i]] = 1;
        }

        return logits.getManager().create(ones, shape);
    }

    private static List<float[]> rows(NDArray matrix, Call call) {
        float[] values = matrix.toFloatArray();
        int length = values.length / (int) matrix.getShape().get(0);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < call.used; i++) {
            rows.add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
        }

        return rows;
    }
}
