package dev.tapetum.sae;

import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;

/**
 * Where training starts: {@code b_dec} is the mean of a sample of tokens; the direction of every latent is that of a token of the
 * sample, drawn at random, from there, with length one; {@code W_enc = W_decᵀ} and {@code b_enc = 0} (Stevens et al. 2025, arXiv
 * 2502.06755, appendix). So every latent starts where there is data, and few start dead.
 *
 * <p>A token is drawn again only when all others have been; from then on the draws are blurred by a tenth of noise, since latents that
 * start alike would stay alike.
 */
public final class Initialisation {

    private static final double NOISE = 0.1;

    private Initialisation() {}

    /**
     * The autoencoder before its first step.
     *
     * @param normalisation of the tokens
     * @param sample normalised tokens, {@code m × d}, row by row
     */
    public static SparseAutoencoder of(Objective objective, Normalisation normalisation, float[] sample, long seed) {
        int width = normalisation.mean().length;
        int rows = Normalisation.rows(sample, width);
        int features = objective.features(width);
        float[] bias = mean(sample, width, rows);
        float[] decoder = new float[Math.multiplyExact(features, width)];
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[rows];
        for (int j = 0; j < features; j++) {
            int place = j % rows;
            if (place == 0) {
                shuffle(order, random);
            }

            double noise = j < rows ? 0 : NOISE;
            direction(sample, order[place] * width, bias, noise, random, decoder, j * width);
        }

        float[] thresholds = new float[objective.activation() instanceof Activation.Threshold ? features : 0];
        if (objective instanceof JumpRelu jump) {
            Arrays.fill(thresholds, (float) jump.bandwidth());
        }

        return new SparseAutoencoder(
                normalisation,
                objective.activation(),
                transposed(decoder, features, width),
                new float[features],
                decoder,
                bias,
                thresholds);
    }

    private static float[] mean(float[] sample, int width, int rows) {
        double[] sum = new double[width];
        for (int at = 0; at < sample.length; at++) {
            sum[at % width] += sample[at];
        }

        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sum[i] / rows);
        }

        return mean;
    }

    private static void shuffle(int[] order, SplitMix64 random) {
        for (int i = 0; i < order.length; i++) {
            int other = random.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
    }

    /** The direction from the bias to a token, blurred by noise; a random one when the token lies on the bias. */
    private static void direction(
            float[] sample, int from, float[] bias, double noise, SplitMix64 random, float[] decoder, int to) {
        int width = bias.length;
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = (double) sample[from + i] - bias[i];
        }

        double length = length(values);
        double blur = length == 0 ? 1 : noise * length / Math.sqrt(width);
        if (blur > 0) {
            for (int i = 0; i < width; i++) {
                values[i] += blur * random.nextNormal();
            }

            length = length(values);
        }

        for (int i = 0; i < width; i++) {
            decoder[to + i] = (float) (values[i] / length);
        }
    }

    private static double length(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    /** {@code rows × columns} to {@code columns × rows}. */
    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }

        return result;
    }
}
