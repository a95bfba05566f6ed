package dev.tapetum.sae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes a token as a sum of few directions out of many: {@code z = (x − μ)/s}, {@code h = (z − b_dec) W_enc + b_enc},
 * {@code f = activation(h)}, {@code ẑ = f W_dec + b_dec}, {@code x̂ = s ẑ + μ}, with tokens of d values and n latents.
 *
 * @param normalisation μ and s
 * @param activation which latents are active
 * @param encoder {@code W_enc}, {@code d × n}, row by row
 * @param encoderBias {@code b_enc}, n
 * @param decoder {@code W_dec}, {@code n × d}, row by row: row j is the direction of latent j, of length one when trained here
 * @param decoderBias {@code b_dec}, d
 * @param thresholds n of them, each at least zero, for {@link Activation.Threshold}; none otherwise
 */
public record SparseAutoencoder(
        Normalisation normalisation,
        Activation activation,
        float[] encoder,
        float[] encoderBias,
        float[] decoder,
        float[] decoderBias,
        float[] thresholds) {

    public SparseAutoencoder {
        Objects.requireNonNull(activation, "activation");
        int width = decoderBias.length;
        int features = encoderBias.length;
        requireLength("mean", normalisation.mean(), width);
        requireLength("encoder", encoder, Math.multiplyExact(width, features));
        requireLength("decoder", decoder, Math.multiplyExact(width, features));
        requireLength("thresholds", thresholds, activation instanceof Activation.Threshold ? features : 0);
        for (float threshold : thresholds) {
            if (!(threshold >= 0)) {
                throw new IllegalArgumentException("thresholds must be at least 0, not " + threshold);
            }
        }
    }

    /** Number d of a token's values. */
    public int width() {
        return decoderBias.length;
    }

    /** Number n of latents. */
    public int features() {
        return encoderBias.length;
    }

    /** The active latents of a token of d values. */
    public SparseCode encode(float[] token) {
        float[] latents = preActivations(token);
        if (activation instanceof Activation.TopK top) {
            keepLargest(latents, top.k());
        }

        int active = 0;
        int[] indices = new int[latents.length];
        for (int j = 0; j < latents.length; j++) {
            if (latents[j] > (thresholds.length == 0 ? 0 : thresholds[j])) {
                indices[active++] = j;
            }
        }

        int[] features = Arrays.copyOf(indices, active);
        float[] values = new float[active];
        for (int i = 0; i < active; i++) {
            values[i] = latents[features[i]];
        }

        return new SparseCode(features, values);
    }

    /** The codes of tokens, {@code n × d} row by row. */
    List<SparseCode> encodeAll(float[] tokens) {
        int width = width();
        List<SparseCode> codes = new ArrayList<>();
        for (int row = 0; row < Normalisation.rows(tokens, width); row++) {
            codes.add(encode(Arrays.copyOfRange(tokens, row * width, (row + 1) * width)));
        }

        return codes;
    }

    /** The token that a code stands for. */
    public float[] decode(SparseCode code) {
        double[] sum = new double[width()];
        addDirections(code, 1, sum);
        float[] normalised = new float[width()];
        for (int i = 0; i < normalised.length; i++) {
            normalised[i] = (float) (sum[i] + decoderBias[i]);
        }

        return normalisation.undo(normalised);
    }

    /** What is left of a token when only its active latents are known. */
    public float[] reconstruct(float[] token) {
        return decode(encode(token));
    }

    /**
     * The token with another code in place of its own, its reconstruction error kept: {@code x' = (x − x̂) + decode(f')}. The error,
     * both biases and μ cancel, and what is left, {@code x' = x + s (f' − f) W_dec}, is what is computed: latents that keep their
     * value add nothing at all, so that the unchanged code gives back the very same floats.
     */
    public float[] edit(float[] token, SparseCode edited) {
        SparseCode own = encode(token);
        double[] change = new double[width()];
        SparseCode onlyNew = difference(edited, own);
        addDirections(onlyNew, normalisation.scale(), change);
        float[] result = new float[token.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (token[i] + change[i]);
        }

        return result;
    }

    /** {@code a − b}, of the latents in which they differ. */
    private static SparseCode difference(SparseCode a, SparseCode b) {
        int[] features = new int[a.size() + b.size()];
        float[] values = new float[features.length];
        int size = 0;
        int inA = 0;
        int inB = 0;
        while (inA < a.size() || inB < b.size()) {
            int featureA = inA < a.size() ? a.features()[inA] : Integer.MAX_VALUE;
            int featureB = inB < b.size() ? b.features()[inB] : Integer.MAX_VALUE;
            float value =
                    (featureA <= featureB ? a.values()[inA++] : 0) - (featureB <= featureA ? b.values()[inB++] : 0);
            if (value != 0) {
                features[size] = Math.min(featureA, featureB);
                values[size++] = value;
            }
        }

        return new SparseCode(Arrays.copyOf(features, size), Arrays.copyOf(values, size));
    }

    private void addDirections(SparseCode code, double factor, double[] sum) {
        int width = width();
        for (int i = 0; i < code.size(); i++) {
            double weight = factor * code.values()[i];
            int row = code.features()[i] * width;
            for (int at = 0; at < width; at++) {
                sum[at] += weight * decoder[row + at];
            }
        }
    }

    /** {@code h}. Sums run over a token's values outside and latents inside, which the compiler turns into vector code. */
    private float[] preActivations(float[] token) {
        requireLength("token", token, width());
        float[] normalised = normalisation.apply(token);
        float[] sum = encoderBias.clone();
        for (int i = 0; i < normalised.length; i++) {
            float value = normalised[i] - decoderBias[i];
            int row = i * sum.length;
            for (int j = 0; j < sum.length; j++) {
                sum[j] += value * encoder[row + j];
            }
        }

        return sum;
    }

    /** Sets all but the largest k to zero; of equal ones the first stay. */
    private static void keepLargest(float[] values, int k) {
        if (k >= values.length) {
            return;
        }

        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float smallest = sorted[sorted.length - k];
        int above = 0;
        for (float value : values) {
            above += value > smallest ? 1 : 0;
        }

        int equals = k - above;
        for (int j = 0; j < values.length; j++) {
            if (values[j] < smallest || (values[j] == smallest && equals-- <= 0)) {
                values[j] = 0;
            }
        }
    }

    private static void requireLength(String what, float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(what + " has " + values.length + " values in place of " + length);
        }
    }
}
