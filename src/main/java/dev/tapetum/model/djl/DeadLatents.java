package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Revives latents that are never active (AuxK, see {@link dev.tapetum.sae.TopK}), at a cost that grows with their number m.
 *
 * <p>With {@code E_D, a_D, D_D} the rows of the dead: {@code f = max(c E_Dᵀ + a_D, 0)} where it is among the largest {@code d/2} of
 * its token, {@code r̂ = f D_D}, {@code r = x − x̂}, {@code V = Σ ‖r − r̄‖²}. The loss is {@code α Σ ‖r̂ − r‖² / V}, with r and V
 * given, so its derivative in {@code r̂} is {@code q = 2 α (r̂ − r)/V} and, as for any latent, {@code ∂D_D = Σ fᵀ q},
 * {@code ∂h = q D_Dᵀ ⊙ 1[f > 0]}, {@code ∂E_D = Σ ∂hᵀ c}, {@code ∂a_D = Σ ∂h}.
 */
final class DeadLatents {

    private final SaeWeights weights;
    private final TokenChunks chunks;

    DeadLatents(SaeWeights weights, TokenChunks chunks) {
        this.weights = weights;
        this.chunks = chunks;
    }

    /**
     * Adds the gradients.
     *
     * @param error {@code x̂ − x}, so {@code −r}
     * @return the loss, with its weight; 0 when the residual is the same in every token, and nothing is added
     */
    double add(NDManager scratch, NDArray centred, NDArray error, long[] dead, double weight, SaeGradients gradients) {
        double variation =
                error.sub(error.mean(new int[] {0}, true)).square().sum().getFloat();
        if (!(variation > 0)) {
            return 0;
        }

        long batch = centred.getShape().get(0);
        long width = centred.getShape().get(1);
        NDArray which = scratch.create(dead);
        NDArray encoder = rows(weights.get(SaeWeights.ENCODER), which);
        NDArray bias =
                rows(weights.get(SaeWeights.ENCODER_BIAS).reshape(-1, 1), which).reshape(dead.length);
        NDArray decoder = rows(weights.get(SaeWeights.DECODER), which);
        NDArray encoderGradient = scratch.zeros(new Shape(dead.length, width));
        NDArray biasGradient = scratch.zeros(new Shape(dead.length));
        NDArray decoderGradient = scratch.zeros(new Shape(dead.length, width));
        NDArray squares = scratch.zeros(new Shape());
        for (long from = 0; from < batch; from += chunks.rows()) {
            try (NDManager chunk = scratch.newSubManager()) {
                chunk.tempAttachAll(centred, error, encoder, bias, decoder);
                NDIndex range = new NDIndex("{}:{}", from, Math.min(batch, from + chunks.rows()));
                NDArray some = centred.get(range);
                NDArray latents = largest(
                        JniUtils.linear((PtNDArray) some, (PtNDArray) encoder, (PtNDArray) bias),
                        Math.max(1, width / 2));
                NDArray missing = latents.matMul(decoder).addi(error.get(range)); // r̂ − r
                squares.addi(missing.square().sum());
                missing.muli(2 * weight / variation);
                decoderGradient.addi(latents.transpose().matMul(missing));
                NDArray inner = missing.matMul(decoder.transpose()).muli(latents.sign());
                encoderGradient.addi(inner.transpose().matMul(some));
                biasGradient.addi(inner.sum(new int[] {0}));
            }
        }

        addRows(gradients, SaeWeights.ENCODER, which, encoderGradient);
        addRows(gradients, SaeWeights.DECODER, which, decoderGradient);
        NDArray total = gradients.get(SaeWeights.ENCODER_BIAS);
        total.addi(
                spread(which, total.size()).matMul(biasGradient.reshape(-1, 1)).reshape(total.size()));
        return weight * squares.getFloat() / variation;
    }

    /** The positive ones among the largest k of each row; the others are 0. */
    private static NDArray largest(NDArray pre, long k) {
        NDArray positive = JniUtils.relu((PtNDArray) pre);
        if (k >= pre.getShape().get(1)) {
            return positive;
        }

        NDList top = JniUtils.topK((PtNDArray) positive, k, 1, true, false);
        NDArray least = top.get(0).min(new int[] {1}, true);
        return positive.muli(positive.gte(least).toType(DataType.FLOAT32, false));
    }

    private static NDArray rows(NDArray matrix, NDArray which) {
        return JniUtils.embedding((PtNDArray) which, (PtNDArray) matrix, false);
    }

    private static void addRows(SaeGradients gradients, String name, NDArray which, NDArray rows) {
        NDArray total = gradients.get(name);
        total.addi(spread(which, total.getShape().get(0)).matMul(rows));
    }

    /** The matrix {@code n × m} with a one where latent j is the i-th of the dead. */
    private static NDArray spread(NDArray which, long features) {
        NDManager manager = which.getManager();
        NDArray order = manager.arange(0, (int) which.size(), 1, DataType.INT64);
        return ActiveLatents.sparse(which, order, manager.ones(new Shape(which.size())), features, which.size());
    }
}
