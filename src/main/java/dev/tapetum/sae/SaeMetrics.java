package dev.tapetum.sae;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sums over tokens from which the quality of an autoencoder follows; the sums of two sets of tokens add up to those of both.
 *
 * <ul>
 *   <li>Normalised squared error: {@code Σ‖x − x̂‖² / (Σ‖x‖² − ‖Σx‖²/N)}, 0 for perfect and 1 for the mean token in place of each
 *       (Stevens et al. 2025, arXiv 2502.06755). It is the same on either side of {@link Normalisation}; the sums are taken on the
 *       normalised side, where the mean is near zero and the difference loses no digits. Undefined when no token differs.
 *   <li>L0: mean number of active latents of a token.
 *   <li>Dead: share of the latents that were never active. Dense: share of those active in more than 1% of the tokens.
 * </ul>
 *
 * @param tokens N
 * @param squaredError {@code Σ‖x − x̂‖²}
 * @param squaredNorm {@code Σ‖x‖²}
 * @param sum {@code Σx}, d values
 * @param active for each latent the number of tokens in which it is active
 */
public record SaeMetrics(long tokens, double squaredError, double squaredNorm, double[] sum, long[] active) {

    /** A latent that is active in a larger share of the tokens is dense. */
    public static final double DENSE = 0.01;

    /** Of no tokens. */
    public static SaeMetrics none(int width, int features) {
        return new SaeMetrics(0, 0, 0, new double[width], new long[features]);
    }

    /** Of tokens {@code n × width} on the model's own scale. */
    public static SaeMetrics of(SparseAutoencoder autoencoder, float[] tokens) {
        return of(autoencoder, tokens, autoencoder.encodeAll(tokens));
    }

    /**
     * Of tokens that are encoded already.
     *
     * @param codes one per token
     */
    static SaeMetrics of(SparseAutoencoder autoencoder, float[] tokens, List<SparseCode> codes) {
        int width = autoencoder.width();
        int n = Normalisation.rows(tokens, width);
        double error = 0;
        double norm = 0;
        double[] sum = new double[width];
        long[] active = new long[autoencoder.features()];
        for (int row = 0; row < n; row++) {
            float[] token = Arrays.copyOfRange(tokens, row * width, (row + 1) * width);
            SparseCode code = codes.get(row);
            for (int feature : code.features()) {
                active[feature]++;
            }

            float[] x = autoencoder.normalisation().apply(token);
            float[] rebuilt = autoencoder.normalisation().apply(autoencoder.decode(code));
            for (int i = 0; i < width; i++) {
                double difference = (double) x[i] - rebuilt[i];
                error += difference * difference;
                norm += (double) x[i] * x[i];
                sum[i] += x[i];
            }
        }

        return new SaeMetrics(n, error, norm, sum, active);
    }

    /** Of both sets of tokens. */
    public SaeMetrics merge(SaeMetrics other) {
        double[] bothSums = sum.clone();
        for (int i = 0; i < bothSums.length; i++) {
            bothSums[i] += other.sum[i];
        }

        long[] bothActive = active.clone();
        for (int j = 0; j < bothActive.length; j++) {
            bothActive[j] += other.active[j];
        }

        return new SaeMetrics(
                tokens + other.tokens,
                squaredError + other.squaredError,
                squaredNorm + other.squaredNorm,
                bothSums,
                bothActive);
    }

    /** What the sums say; of at least one token. */
    public Quality quality() {
        if (tokens == 0) {
            throw new IllegalStateException("No token was measured");
        }

        double squareOfSum = 0;
        for (double value : sum) {
            squareOfSum += value * value;
        }

        double variation = squaredNorm - squareOfSum / tokens;
        @Nullable Double normalised = variation > 0 ? squaredError / variation : null;
        return new Quality(
                tokens,
                normalised,
                (double) Arrays.stream(active).sum() / tokens,
                share(count -> count == 0),
                share(count -> count > DENSE * tokens));
    }

    private double share(LongPredicate ofCount) {
        return (double) Arrays.stream(active).filter(ofCount).count() / active.length;
    }
}
