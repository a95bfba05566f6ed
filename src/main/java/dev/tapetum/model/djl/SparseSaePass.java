package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tapetum.sae.BatchTopK;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.TopK;
import java.util.ArrayList;
import java.util.List;

/**
 * Objectives under which few latents are active, {@link TopK} and {@link BatchTopK}: only the encoder is a matrix product over all n
 * latents; everything behind it is over the pairs (t, j) of a token and a latent that was let through.
 *
 * <p><b>Forward</b>: {@code c = x − b}, {@code h = c Eᵀ + a}; of the pairs that are chosen {@code f_tj = max(h_tj, 0)};
 * {@code x̂_t = b + Σ_j f_tj D_j}; the objective is {@code mean (x̂ − x)²} over the B tokens and the d values, plus α·AuxK.
 *
 * <p><b>Backward</b>. With {@code e = x̂ − x} and {@code g = 2 e/(B d)}:
 *
 * <ul>
 *   <li>{@code ∂D_j = Σ_t f_tj g_t}, a sparse {@code n × B} matrix times g;
 *   <li>{@code ∂f_tj = g_t · D_j} for the chosen pairs only, {@code ∂h_tj = ∂f_tj 1[f_tj > 0]}; which pairs are chosen counts as given;
 *   <li>{@code ∂E_j = Σ_t ∂h_tj c_t}, {@code ∂a_j = Σ_t ∂h_tj};
 *   <li>{@code ∂b = Σ_t g_t − Σ_j ∂a_j E_j}, the second term because {@code c = x − b}.
 * </ul>
 *
 * <p>AuxK adds its part to the same gradients, see {@link DeadLatents}.
 */
final class SparseSaePass implements SaePass {

    private final SaeWeights weights;
    private final Objective objective;
    private final double auxiliaryWeight;
    private final TokenChunks chunks;
    private final LatentSelection selection;

    /** @param auxiliaryWeight α */
    SparseSaePass(SaeWeights weights, Objective objective, double auxiliaryWeight, TokenChunks chunks) {
        this.weights = weights;
        this.objective = objective;
        this.auxiliaryWeight = auxiliaryWeight;
        this.chunks = chunks;
        this.selection = new LatentSelection(weights, chunks);
    }

    @Override
    public Result run(NDManager scratch, NDArray tokens, double warmth, long[] dead) {
        long batch = tokens.getShape().get(0);
        long width = tokens.getShape().get(1);
        NDArray encoder = weights.get(SaeWeights.ENCODER);
        NDArray decoder = weights.get(SaeWeights.DECODER);
        NDArray bias = weights.get(SaeWeights.DECODER_BIAS);
        long features = weights.get(SaeWeights.ENCODER_BIAS).size();

        NDArray centred = tokens.sub(bias);
        ActiveLatents chosen = objective instanceof TopK top
                ? selection.ofEachToken(scratch, centred, top.k())
                : selection.ofTheBatch(scratch, centred, ((BatchTopK) objective).k());
        NDArray positive = chosen.values().sign();
        NDArray error =
                chosen.byToken(chosen.values(), batch, features).matMul(decoder).subi(centred);
        double squares = error.square().sum().getFloat();

        NDArray slope = error.mul(2.0 / (batch * width));
        NDArray inner = slopes(scratch, chosen, slope, decoder).muli(positive);
        NDArray ones = scratch.ones(new Shape(batch, 1));
        NDArray back = chosen.byLatent(inner, batch, features);
        SaeGradients gradients = new SaeGradients();
        gradients.put(SaeWeights.ENCODER, back.matMul(centred));
        gradients.put(SaeWeights.ENCODER_BIAS, back.matMul(ones).reshape(features));
        gradients.put(
                SaeWeights.DECODER,
                chosen.byLatent(chosen.values(), batch, features).matMul(slope));
        double auxiliary = dead.length == 0
                ? 0
                : new DeadLatents(weights, chunks).add(scratch, centred, error, dead, auxiliaryWeight, gradients);

        NDArray encoderBias = gradients.get(SaeWeights.ENCODER_BIAS).reshape(1, features);
        gradients.put(
                SaeWeights.DECODER_BIAS,
                slope.sum(new int[] {0}).subi(encoderBias.matMul(encoder).reshape(width)));
        return new Result(
                gradients,
                squares / ((double) batch * width),
                0,
                auxiliary,
                chosen.byLatent(positive, batch, features).matMul(ones).reshape(features),
                chosen.values().isEmpty() ? 0 : chosen.values().min().getFloat());
    }

    /** {@code g_t · D_j} for each pair, some pairs at a time, so that the copied rows stay near the processor. */
    private NDArray slopes(NDManager scratch, ActiveLatents chosen, NDArray slope, NDArray decoder) {
        long pairs = chosen.values().size();
        List<NDArray> parts = new ArrayList<>();
        for (long from = 0; from < pairs; from += chunks.pairs()) {
            try (NDManager piece = scratch.newSubManager()) {
                piece.tempAttachAll(chosen.tokens(), chosen.latents(), slope, decoder);
                NDIndex range = new NDIndex("{}:{}", from, Math.min(pairs, from + chunks.pairs()));
                NDArray directions =
                        JniUtils.embedding((PtNDArray) chosen.latents().get(range), (PtNDArray) decoder, false);
                NDArray slopes = JniUtils.embedding((PtNDArray) chosen.tokens().get(range), (PtNDArray) slope, false);
                NDArray part = directions.muli(slopes).sum(new int[] {1});
                part.attach(scratch);
                parts.add(part);
            }
        }

        return parts.isEmpty() ? scratch.zeros(new Shape(0)) : NDArrays.concat(new NDList(parts));
    }
}
