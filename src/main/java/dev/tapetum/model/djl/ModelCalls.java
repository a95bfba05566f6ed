package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ask;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a module about the images of one call. A call may hold more images than are wanted, see {@link CallShape}: the
 * answers to those behind the wanted ones are dropped.
 */
final class ModelCalls {

    private final TorchScript module;

    ModelCalls(TorchScript module) {
        this.module = module;
    }

    /**
     * @param values {@code wanted × values}
     * @param totals what each field and the biases add up to, or NaN
     */
    record Fields(float[][] logits, NDArray values, double[] totals) {}

    record TapGradients(float[][] logits, float[][] activations, float[][] gradients) {}

    /** @param images {@code n × channels × height × width} */
    float[][] logits(NDArray images, int wanted) {
        return rows(module.run("forward", images), wanted);
    }

    /** @param asks what is wanted of each wanted image */
    Fields inputGradients(NDArray images, List<Ask.InputGradient> asks) {
        int wanted = asks.size();
        images.setRequiresGradient(true);
        NDArray output = module.runWithGradient("forward", images);
        float[][] logits = rows(output, wanted);
        float[][] cotangents = new float[wanted][];
        for (int i = 0; i < wanted; i++) {
            cotangents[i] = asks.get(i).cotangent(logits[i]);
        }

        NDArray gradients = TorchScript.backward(output, vectors(output, cotangents), images);
        double[] totals = new double[wanted];
        Arrays.fill(totals, Double.NaN);
        return new Fields(logits, firstRows(gradients, wanted), totals);
    }

    /**
     * @param targets class of each wanted image
     * @param argument what the rule's method takes besides images and targets
     */
    Fields ruleFields(Rule rule, NDArray images, int[] targets, @Nullable NDArray argument) {
        long[] classes = new long[(int) images.getShape().get(0)];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = targets[Math.min(i, targets.length - 1)];
        }

        NDList inputs = new NDList(images, images.getManager().create(classes));
        if (argument != null) {
            inputs.add(argument);
        }

        NDList answers = module.runWithGradient(rule.method(), inputs);
        float[] sums = answers.get(2).toFloatArray();
        double[] totals = new double[targets.length];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = sums[i];
        }

        return new Fields(rows(answers.get(0), totals.length), firstRows(answers.get(1), totals.length), totals);
    }

    private static NDArray firstRows(NDArray values, int wanted) {
        NDArray first = wanted < values.getShape().get(0) ? values.get(new NDIndex().addSliceDim(0, wanted)) : values;
        return first.reshape(wanted, -1);
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

    /** The activation at a tap, one per image. */
    NDArray stem(Tap tap, NDArray images) {
        return module.run("stem_" + tap.name(), images);
    }

    /** The logits that the layers above a tap give. */
    float[][] headLogits(Tap tap, NDArray activations, int wanted) {
        return rows(module.run("head_" + tap.name(), activations), wanted);
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

    /** The first rows of what is a matrix when all axes but the first are taken as one. */
    static float[][] rows(NDArray matrix, int wanted) {
        float[] values = matrix.toFloatArray();
        int length = values.length / (int) matrix.getShape().get(0);
        float[][] rows = new float[wanted][];
        for (int i = 0; i < wanted; i++) {
            rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        }

        return rows;
    }
}
