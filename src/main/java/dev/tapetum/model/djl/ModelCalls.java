package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ask;
import java.util.Arrays;
import java.util.List;

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

    /** @param asks what is wanted of each wanted image */
    InputGradients inputGradients(NDArray images, List<Ask.InputGradient> asks) {
        int wanted = asks.size();
        images.setRequiresGradient(true);
        NDArray output = module.runWithGradient("forward", images);
        float[][] logits = rows(output, wanted);
        float[][] cotangents = new float[wanted][];
        for (int i = 0; i < wanted; i++) {
            cotangents[i] = asks.get(i).cotangent(logits[i]);
        }

        NDArray gradients = TorchScript.backward(output, vectors(output, cotangents), images);
        if (wanted < images.getShape().get(0)) {
            gradients = gradients.get(new NDIndex().addSliceDim(0, wanted));
        }

        return new InputGradients(logits, gradients.reshape(wanted, -1));
    }

    /** @param targets class of each wanted image */
    TapGradients tapGradients(Tap tap, NDArray images, int[] targets) {
        // Not inference mode, although nothing is differentiated yet: an inference tensor could not become a leaf.
        NDArray activation =
                module.runWithGradient("stem_" + tap.name(), images).stopGradient();
        activation.setRequiresGradient(true);
        NDArray output = module.runWithGradient("head_" + tap.name(), activation);
        float[][] logits = rows(output, targets.length);
        float[][] cotangents = new float[targets.length][];
        for (int i = 0; i < targets.length; i++) {
            cotangents[i] = new Ask.InputGradient(targets[i]).cotangent(logits[i]);
        }

        NDArray gradients = TorchScript.backward(output, vectors(output, cotangents), activation);
        return new TapGradients(
                logits, rows(activation.stopGradient(), targets.length), rows(gradients, targets.length));
    }

    /** One cotangent per wanted image, and zeros for those behind them. */
    private static NDArray vectors(NDArray logits, float[][] cotangents) {
        Shape shape = logits.getShape();
        int classes = (int) shape.get(1);
        float[] vectors = new float[(int) shape.size()];
        for (int i = 0; i < cotangents.length; i++) {
            System.arraycopy(cotangents[i], 0, vectors, i * classes, classes);
        }

        return logits.getManager().create(vectors, shape);
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
