package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.Tap;
import java.util.Arrays;

/**
 * Asks a module about the images of one call. A call may hold more images than are wanted, see {@link CallShape}: the
 * answers to those behind the wanted ones are dropped.
 */
final class ModelCalls {

    private final TorchScript module;

    ModelCalls(TorchScript module) {
        this.module = module;
    }

    /** @param gradients {@code wanted × values} */
    record InputGradients(float[][] logits, NDArray gradients) {}

    record TapGradients(float[][] logits, float[][] activations, float[][] gradients) {}

    /** @param images {@code n × channels × height × width} */
    float[][] logits(NDArray images, int wanted) {
        return rows(module.run("forward", images), wanted);
    }

    /** @param targets class of each wanted image */
    InputGradients inputGradients(NDArray images, int[] targets) {
        images.setRequiresGradient(true);
        NDArray output = module.runWithGradient("forward", images);
        float[][] logits = rows(output, targets.length);
        NDArray gradients = TorchScript.backward(output, oneHot(output, targets), images);
        if (targets.length < images.getShape().get(0)) {
            gradients = gradients.get(new NDIndex().addSliceDim(0, targets.length));
        }

        return new InputGradients(logits, gradients.reshape(targets.length, -1));
    }

    /** @param targets class of each wanted image */
    TapGradients tapGradients(Tap tap, NDArray images, int[] targets) {
        // Not inference mode, although nothing is differentiated yet: an inference tensor could not become a leaf.
        NDArray activation =
                module.runWithGradient("stem_" + tap.name(), images).stopGradient();
        activation.setRequiresGradient(true);
        NDArray output = module.runWithGradient("head_" + tap.name(), activation);
        float[][] logits = rows(output, targets.length);
        NDArray gradients = TorchScript.backward(output, oneHot(output, targets), activation);
        return new TapGradients(
                logits, rows(activation.stopGradient(), targets.length), rows(gradients, targets.length));
    }

    private static NDArray oneHot(NDArray logits, int[] targets) {
        Shape shape = logits.getShape();
        int classes = (int) shape.get(1);
        float[] ones = new float[(int) shape.size()];
        for (int i = 0; i < targets.length; i++) {
            ones[i * classes + targets[i]] = 1;
        }

        return logits.getManager().create(ones, shape);
    }

    private static float[][] rows(NDArray matrix, int wanted) {
        float[] values = matrix.toFloatArray();
        int length = values.length / (int) matrix.getShape().get(0);
        float[][] rows = new float[wanted][];
        for (int i = 0; i < wanted; i++) {
            rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        }

        return rows;
    }
}
