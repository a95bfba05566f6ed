package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tapetum.sae.JumpRelu;
import dev.tapetum.sae.Matryoshka;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.Relu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objectives under which many latents may be active, by matrix products over all of them: {@link Relu}, {@link JumpRelu} and
 * {@link Matryoshka}. The latents are cut into groups, those that each of M nested prefixes adds; the first two have one group.
 *
 * <p><b>Forward</b>, for one token x (a row of d values), group r with the rows {@code E_r, D_r} of encoder and decoder:
 * {@code c = x − b}, {@code h_r = c E_rᵀ + a_r}, {@code f_r = h_r ⊙ s_r} with {@code s_r = 1[h_r > θ_r]} (θ = 0 but for jump-relu),
 * {@code x̂_m = b + Σ_{r≤m} f_r D_r}, and the objective is
 * {@code 1/M Σ_m mean (x̂_m − x)² + λ·penalty}, a mean over the B tokens of the batch and the d values.
 *
 * <p><b>Backward</b>. With {@code e_m = x̂_m − x}, {@code g_m = 2 e_m/(B d M)} is the derivative in {@code x̂_m}. Group r is in all
 * {@code x̂_m} with m ≥ r, so everything about it depends on {@code G_r = Σ_{m≥r} g_m} only, which one loop from the last group to the
 * first adds up:
 *
 * <ul>
 *   <li>{@code ∂D_r = Σ f_rᵀ G_r}, {@code ∂f_r = G_r D_rᵀ (+ λ/B for the penalty Σ f / B)};
 *   <li>{@code ∂h_r = ∂f_r ⊙ s_r}, {@code ∂E_r = Σ ∂h_rᵀ c}, {@code ∂a_r = Σ ∂h_r};
 *   <li>{@code ∂b = Σ G_1 − Σ_r ∂a_r E_r}, the second term because {@code c = x − b};
 *   <li>jump-relu, by its straight-through rule with {@code K = 1[|h − θ| < ε/2]} (see {@link JumpRelu}):
 *       {@code ∂θ = −(θ/ε) Σ ∂f ⊙ K − λ · 2 (L0/L0* − 1)/L0* · 1/(ε B) · Σ K}.
 * </ul>
 *
 * <p>That is five matrix products, as for one prefix alone. The batch goes through in chunks, see {@link TokenChunks}.
 */
final class DenseSaePass implements SaePass {

    private final SaeWeights weights;
    private final Objective objective;
    private final TokenChunks chunks;
    private final List<Integer> prefixes;

    DenseSaePass(SaeWeights weights, Objective objective, TokenChunks chunks, int features) {
        this.weights = weights;
        this.objective = objective;
        this.chunks = chunks;
        this.prefixes = objective instanceof Matryoshka matryoshka ? matryoshka.prefixes(features) : List.of(features);
    }

    /** One group of latents: its rows of the weights and of the gradients, as views. */
    private record Group(
            NDArray encoder,
            NDArray encoderBias,
            NDArray decoder,
            @Nullable NDArray thresholds,
            NDArray encoderGradient,
            NDArray encoderBiasGradient,
            NDArray decoderGradient,
            NDArray active) {

        void lendTo(NDManager scratch) {
            scratch.tempAttachAll(
                    encoder, encoderBias, decoder, encoderGradient, encoderBiasGradient, decoderGradient, active);
            if (thresholds != null) {
                scratch.tempAttachAll(thresholds);
            }
        }
    }

    /** Of one chunk and one group: {@code h} (where it is needed again), {@code f} and {@code s}. */
    private record Latents(@Nullable NDArray pre, NDArray values, NDArray active) {}

    /** What is added up over the chunks. */
    private record Sums(NDArray squares, NDArray activations, NDArray decoderBias, NDArray thresholds, NDArray near) {}

    @Override
    public Result run(NDManager scratch, NDArray tokens, double warmth, long[] dead) {
        long batch = tokens.getShape().get(0);
        long width = tokens.getShape().get(1);
        long features = weights.get(SaeWeights.ENCODER_BIAS).size();
        SaeGradients gradients = new SaeGradients();
        gradients.put(SaeWeights.ENCODER, scratch.zeros(new Shape(features, width)));
        gradients.put(SaeWeights.ENCODER_BIAS, scratch.zeros(new Shape(features)));
        gradients.put(SaeWeights.DECODER, scratch.zeros(new Shape(features, width)));
        NDArray active = scratch.zeros(new Shape(features));
        Sums sums = new Sums(
                scratch.zeros(new Shape()),
                scratch.zeros(new Shape()),
                scratch.zeros(new Shape(width)),
                scratch.zeros(new Shape(features)),
                scratch.zeros(new Shape(features)));
        List<Group> groups = groups(gradients, active);
        double price = objective instanceof Relu relu
                ? relu.penalty() * warmth
                : objective instanceof Matryoshka matryoshka ? matryoshka.penalty() * warmth : 0;

        for (long from = 0; from < batch; from += chunks.rows()) {
            try (NDManager chunk = scratch.newSubManager()) {
                chunk.tempAttachAll(tokens, weights.get(SaeWeights.DECODER_BIAS));
                groups.forEach(group -> group.lendTo(chunk));
                NDArray rows = tokens.get(new NDIndex("{}:{}", from, Math.min(batch, from + chunks.rows())));
                add(rows, groups, sums, 2.0 / (batch * width * groups.size()), price / batch);
            }
        }

        NDArray bias = gradients.get(SaeWeights.ENCODER_BIAS).reshape(1, features);
        gradients.put(
                SaeWeights.DECODER_BIAS,
                sums.decoderBias()
                        .sub(bias.matMul(weights.get(SaeWeights.ENCODER)).reshape(width)));
        double penalty = price * sums.activations().getFloat() / batch;
        if (objective instanceof JumpRelu jump) {
            double excess = active.sum().getFloat() / batch / jump.target() - 1;
            penalty = jump.penalty() * warmth * excess * excess;
            double slope = jump.penalty() * warmth * 2 * excess / jump.target();
            gradients.put(
                    SaeWeights.THRESHOLDS,
                    sums.thresholds()
                            .mul(weights.get(SaeWeights.THRESHOLDS))
                            .add(sums.near().mul(slope / batch))
                            .mul(-1 / jump.bandwidth()));
        }

        double mse = sums.squares().getFloat() / ((double) batch * width * groups.size());
        return new Result(gradients, mse, penalty, 0, active, 0);
    }

    private List<Group> groups(SaeGradients gradients, NDArray active) {
        List<Group> groups = new ArrayList<>();
        int start = 0;
        for (int end : prefixes) {
            NDIndex rows = new NDIndex("{}:{}", start, end);
            groups.add(new Group(
                    weights.get(SaeWeights.ENCODER).get(rows),
                    weights.get(SaeWeights.ENCODER_BIAS).get(rows),
                    weights.get(SaeWeights.DECODER).get(rows),
                    objective instanceof JumpRelu
                            ? weights.get(SaeWeights.THRESHOLDS).get(rows)
                            : null,
                    gradients.get(SaeWeights.ENCODER).get(rows),
                    gradients.get(SaeWeights.ENCODER_BIAS).get(rows),
                    gradients.get(SaeWeights.DECODER).get(rows),
                    active.get(rows)));
            start = end;
        }

        return groups;
    }

    /** Adds one chunk's part to the gradients and the sums. */
    private void add(NDArray tokens, List<Group> groups, Sums sums, double errorFactor, double priceEach) {
        NDArray bias = weights.get(SaeWeights.DECODER_BIAS);
        NDArray centred = tokens.sub(bias);
        List<Latents> latents = new ArrayList<>();
        List<NDArray> errors = new ArrayList<>();
        NDArray error = centred.neg(); // of b alone
        for (Group group : groups) {
            Latents own = latents(centred, group);
            error = own.values().matMul(group.decoder()).addi(error);
            latents.add(own);
            errors.add(error);
            sums.squares().addi(error.square().sum());
            group.active().addi(own.active().sum(new int[] {0}));
            if (priceEach > 0) {
                sums.activations().addi(own.values().sum());
            }
        }

        NDArray slope = null;
        for (int r = groups.size() - 1; r >= 0; r--) {
            NDArray own = errors.get(r).muli(errorFactor);
            slope = slope == null ? own : slope.addi(own);
            back(centred, slope, groups.get(r), latents.get(r), sums, priceEach);
        }

        if (slope != null) {
            sums.decoderBias().addi(slope.sum(new int[] {0}));
        }
    }

    private Latents latents(NDArray centred, Group group) {
        NDArray pre =
                JniUtils.linear((PtNDArray) centred, (PtNDArray) group.encoder(), (PtNDArray) group.encoderBias());
        if (group.thresholds() == null) {
            NDArray values = JniUtils.relu((PtNDArray) pre);
            pre.close();
            return new Latents(null, values, values.sign());
        }

        NDArray active = pre.gt(group.thresholds()).toType(DataType.FLOAT32, false);
        return new Latents(pre, pre.mul(active), active);
    }

    private void back(NDArray centred, NDArray slope, Group group, Latents latents, Sums sums, double priceEach) {
        group.decoderGradient().addi(latents.values().transpose().matMul(slope));
        NDArray inner = slope.matMul(group.decoder().transpose());
        if (objective instanceof JumpRelu jump && latents.pre() != null && group.thresholds() != null) {
            NDArray near = latents.pre()
                    .sub(group.thresholds())
                    .abs()
                    .lt(jump.bandwidth() / 2)
                    .toType(DataType.FLOAT32, false);
            sums.near().addi(near.sum(new int[] {0}));
            sums.thresholds().addi(near.muli(inner).sum(new int[] {0}));
        }

        if (priceEach > 0) {
            inner.addi(priceEach);
        }

        inner.muli(latents.active());
        group.encoderGradient().addi(inner.transpose().matMul(centred));
        group.encoderBiasGradient().addi(inner.sum(new int[] {0}));
    }
}
