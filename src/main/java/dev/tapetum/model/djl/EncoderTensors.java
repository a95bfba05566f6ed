package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.ActiveFeatures;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.TokenEncoder;
import dev.tapetum.sae.Activation;
import dev.tapetum.sae.SaeEncoder;
import dev.tapetum.sae.SparseAutoencoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sparse autoencoder on the hardware. Only what of an image is active anywhere leaves it: the n maxima, and the
 * grids of the few features that are asked for.
 *
 * <p>One image is one call: a grid has some hundred tokens, which fill the hardware, the {@code tokens × n} activations of one
 * image fit where those of a batch would not, and what is computed of an image does not depend on its neighbours at all.
 *
 * @param encoder of which these are the tensors
 * @param decoder {@code W_dec}, {@code n × d}
 * @param weights {@code W_enc}, {@code d × n}
 * @param thresholds n, or one for all
 */
record EncoderTensors(
        SaeEncoder encoder,
        NDArray mean,
        NDArray decoder,
        NDArray decoderBias,
        NDArray weights,
        NDArray bias,
        NDArray thresholds) {

    /** @param manager owns the tensors */
    static EncoderTensors of(NDManager manager, SaeEncoder encoder) {
        SparseAutoencoder autoencoder = encoder.autoencoder();
        float[] thresholds = autoencoder.thresholds();
        return new EncoderTensors(
                encoder,
                manager.create(autoencoder.normalisation().mean()),
                manager.create(autoencoder.decoder(), new Shape(encoder.features(), encoder.width())),
                manager.create(autoencoder.decoderBias()),
                manager.create(autoencoder.encoder(), new Shape(encoder.width(), encoder.features())),
                manager.create(autoencoder.encoderBias()),
                manager.create(thresholds.length == 0 ? new float[1] : thresholds));
    }

    /**
     * The features of one image.
     *
     * @param activation at the tap of what is asked, in its layout, owned by {@code scratch}
     */
    ActiveFeatures features(NDManager scratch, NDArray activation, Ask.Features ask) {
        try (NDManager own = scratch.newSubManager()) {
            own.tempAttachAll(activation);
            NDArray centred = centred(tokens(activation, ask.tap()));
            NDArray active = activations(centred);
            if (active == null) {
                // Of equal latents the first count among the largest k, and the hardware may take others. It hardly
                // ever happens.
                return ActiveFeatures.encoded(ask, activation.toFloatArray());
            }

            float[] maxima = active.max(new int[] {0}).toFloatArray();
            return ActiveFeatures.of(maxima, fit(centred, active), ask, features -> {
                long[] wanted = Arrays.stream(features).asLongStream().toArray();
                NDArray grids = active.transpose().get(new NDIndex("{}", own.create(wanted)));
                return ModelCalls.rows(grids, features.length);
            });
        }
    }

    /** {@code (x − μ)/s − b_dec} of all tokens. */
    private NDArray centred(NDArray tokens) {
        return tokens.sub(mean)
                .div(encoder.autoencoder().normalisation().scale())
                .sub(decoderBias);
    }

    /** What the activations account for; that lengths are in units of s does not matter to their ratio. */
    private TokenEncoder.Fit fit(NDArray centred, NDArray active) {
        NDArray missed = centred.sub(active.matMul(decoder));
        return new TokenEncoder.Fit(
                missed.square().sum().getFloat(),
                centred.add(decoderBias).square().sum().getFloat());
    }

    /** {@code f} of all tokens, {@code tokens × n}; null when the largest k of a token are not clear. */
    private @Nullable NDArray activations(NDArray centred) {
        NDArray latents = centred.matMul(weights).add(bias);
        NDArray active = latents.gt(thresholds);
        if (encoder.autoencoder().activation() instanceof Activation.TopK top && top.k() < encoder.features()) {
            NDArray smallest = JniUtils.topK((PtNDArray) latents, top.k(), 1, true, false)
                    .get(0)
                    .min(new int[] {1}, true);
            active = active.logicalAnd(latents.gte(smallest));
            long most = active.sum(new int[] {1}).max().getLong();
            if (most > top.k()) {
                return null;
            }
        }

        return NDArrays.where(active, latents, latents.zerosLike());
    }

    /** {@code positions × channels}, without prefix tokens. */
    private static NDArray tokens(NDArray activation, Tap tap) {
        return switch (tap.layout()) {
            case SPATIAL -> activation.reshape(tap.channels(), tap.positions()).transpose();
            case TOKENS ->
                activation
                        .reshape(tap.prefixTokens() + tap.positions(), tap.channels())
                        .get(new NDIndex("{}:", tap.prefixTokens()));
        };
    }
}
