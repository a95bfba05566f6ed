package dev.tapetum.stats;

import java.io.Serializable;
import java.util.function.IntToDoubleFunction;

/**
 * The mean and the spread of a number per image, with their Poisson bootstrap: sums over images of w, w·x and w·x², once
 * plain (w = 1, or as many images as the image stands for) and once in each replicate.
 *
 * <p>Sums add and subtract, so states of shards merge and "the others" are the whole less the group. 24 bytes per
 * replicate, whatever the number of images. The spread is the sample standard deviation
 * √((Σwx² − (Σwx)²/Σw)/(Σw − 1)); as a difference of sums it loses about 2·log₁₀(|mean|/spread) of 16 digits, and a
 * spread below a millionth of the mean counts as zero: harmless for summaries of explanations, not meant for time stamps.
 *
 * <ul>
 *   <li>NaN and infinite values are left out and not counted in n.
 *   <li>No value: mean NaN. Fewer than two values: spread NaN.
 * </ul>
 */
public final class MomentSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double ROUNDING = 1e-12;

    private long n;
    private double weight;
    private double squaredWeights;
    private double sum;
    private double squares;
    private final double[] weights;
    private final double[] sums;
    private final double[] squaredSums;

    /** An empty state with so many replicates. */
    public MomentSums(int replicates) {
        this.weights = new double[replicates];
        this.sums = new double[replicates];
        this.squaredSums = new double[replicates];
    }

    /** Adds one image's number, with the weights of its unit in the replicates. */
    public void add(double x, double[] unitWeights) {
        add(x, 1, unitWeights);
    }

    /**
     * Adds the number of an image that stands for {@code images} of them, since it was drawn with a probability of one over
     * that. The mean is then the ratio {@code Σwx/Σw} of Hájek 1971; the spread is meant for images that stand for themselves.
     */
    public void add(double x, double images, double[] unitWeights) {
        if (!Double.isFinite(x)) {
            return;
        }

        double product = images * x;
        double squared = product * x;
        n++;
        weight += images;
        squaredWeights += images * images;
        sum += product;
        squares += squared;
        for (int r = 0; r < weights.length; r++) {
            weights[r] += unitWeights[r] * images;
            sums[r] += unitWeights[r] * product;
            squaredSums[r] += unitWeights[r] * squared;
        }
    }

    /** Adds the images of another state to this one. */
    public void merge(MomentSums other) {
        accumulate(other, 1);
    }

    /** A new state: this one without the images of the other, which are all among its own. */
    public MomentSums minus(MomentSums other) {
        MomentSums rest = new MomentSums(weights.length);
        rest.accumulate(this, 1);
        rest.accumulate(other, -1);
        return rest;
    }

    void accumulate(MomentSums other, int sign) {
        n += sign * other.n;
        weight += sign * other.weight;
        squaredWeights += sign * other.squaredWeights;
        sum += sign * other.sum;
        squares += sign * other.squares;
        for (int r = 0; r < weights.length; r++) {
            weights[r] += sign * other.weights[r];
            sums[r] += sign * other.sums[r];
            squaredSums[r] += sign * other.squaredSums[r];
        }
    }

    /** How many images had a finite number. */
    public long n() {
        return n;
    }

    /** Kish's effective number of images: n when all stand for equally many. */
    public double effectiveImages() {
        return EffectiveUnits.of(n, weight, squaredWeights);
    }

    /**
     * Kish's effective number of clusters. The images of a cluster share their weights in the replicates, so that a replicate's
     * Σw is {@code Σ W_u X_u} over clusters u of W_u images with X_u Poisson of mean 1: its expectation is {@code Σ W_u} and its
     * variance {@code Σ W_u²}, which the replicates tell although nobody kept the W_u. With K replicates the number is known to
     * √(2/K) of itself where no cluster outweighs the others (3% for 2,000), and to √(3/K) where one does.
     *
     * @param clusters how many there are, which it does not exceed
     */
    public double effectiveClusters(long clusters) {
        double squares = 0;
        for (double replicate : weights) {
            squares += (replicate - weight) * (replicate - weight);
        }

        return EffectiveUnits.of(clusters, weight, squares / weights.length);
    }

    /** The mean; {@code units} is the effective number of independent units behind the n numbers. */
    public BootstrapDistribution mean(double units) {
        double value = n == 0 ? Double.NaN : sum / weight;
        return distribution(value, units, r -> weights[r] == 0 ? Double.NaN : sums[r] / weights[r]);
    }

    /** The sample standard deviation; {@code units} as for the mean. */
    public BootstrapDistribution spread(double units) {
        double value = spread(weight, sum, squares);
        return distribution(value, units, r -> spread(weights[r], sums[r], squaredSums[r]));
    }

    /** The weight Σw in replicate r, or in the data when r is −1. */
    double weight(int r) {
        return r < 0 ? weight : weights[r];
    }

    /** The sum Σwx in replicate r, or in the data when r is −1. */
    double sum(int r) {
        return r < 0 ? sum : sums[r];
    }

    /** The sum of squares Σwx² in replicate r, or in the data when r is −1. */
    double squares(int r) {
        return r < 0 ? squares : squaredSums[r];
    }

    private BootstrapDistribution distribution(double value, double units, IntToDoubleFunction replicate) {
        double[] replicates = new double[weights.length];
        for (int r = 0; r < replicates.length; r++) {
            replicates[r] = replicate.applyAsDouble(r);
        }

        return new BootstrapDistribution(value, value, replicates, units);
    }

    private static double spread(double weight, double sum, double squares) {
        if (weight < 2) {
            return Double.NaN;
        }

        double deviations = squares - sum * sum / weight;
        return deviations <= ROUNDING * squares ? 0 : Math.sqrt(deviations / (weight - 1));
    }
}
