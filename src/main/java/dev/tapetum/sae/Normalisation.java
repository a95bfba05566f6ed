package dev.tapetum.sae;

import java.util.Objects;

/**
 * Brings tokens to where autoencoders are trained: {@code z = (x − μ) / s} with {@code s = mean ‖x − μ‖₂ / √d}, so that a normalised
 * token of d values has the mean length √d whatever the model's own scale is (Stevens et al. 2025, arXiv 2502.06755, appendix).
 *
 * @param mean μ, one value per value of a token
 * @param scale s, above zero
 */
public record Normalisation(float[] mean, float scale) {

    public Normalisation {
        Objects.requireNonNull(mean, "mean");
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the tokens' scale must be a number above 0, not " + scale);
        }
    }

    /** The one that leaves tokens of {@code width} values as they are. */
    public static Normalisation none(int width) {
        return new Normalisation(new float[width], 1);
    }

    /**
     * Of a sample, in two passes.
     *
     * @param tokens {@code n × width}, row by row
     * @throws IllegalArgumentException if there are none, or all are the same
     */
    public static Normalisation of(float[] tokens, int width) {
        int n = rows(tokens, width);
        double[] sum = new double[width];
        for (int at = 0; at < tokens.length; at++) {
            sum[at % width] += tokens[at];
        }

        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sum[i] / n);
        }

        double lengths = 0;
        for (int row = 0; row < n; row++) {
            double square = 0;
            for (int i = 0; i < width; i++) {
                double difference = (double) tokens[row * width + i] - mean[i];
                square += difference * difference;
            }

            lengths += Math.sqrt(square);
        }

        return new Normalisation(mean, (float) (lengths / n / Math.sqrt(width)));
    }

    /** Tokens {@code n × width} to normalised ones, a new array. */
    public float[] apply(float[] tokens) {
        rows(tokens, mean.length);
        float[] normalised = new float[tokens.length];
        for (int at = 0; at < tokens.length; at += mean.length) {
            for (int i = 0; i < mean.length; i++) {
                normalised[at + i] = (tokens[at + i] - mean[i]) / scale;
            }
        }

        return normalised;
    }

    /** Normalised tokens {@code n × width} back to the model's own scale, a new array. */
    public float[] undo(float[] normalised) {
        rows(normalised, mean.length);
        float[] tokens = new float[normalised.length];
        for (int at = 0; at < tokens.length; at += mean.length) {
            for (int i = 0; i < mean.length; i++) {
                tokens[at + i] = normalised[at + i] * scale + mean[i];
            }
        }

        return tokens;
    }

    /** Number of tokens in a row-by-row array. */
    static int rows(float[] tokens, int width) {
        if (tokens.length == 0 || tokens.length % width != 0) {
            throw new IllegalArgumentException(tokens.length + " floats are not some tokens of " + width);
        }

        return tokens.length / width;
    }
}
