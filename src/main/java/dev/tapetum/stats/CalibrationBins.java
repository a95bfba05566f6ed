package dev.tapetum.stats;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How far confidence is from accuracy, with the bucketed Poisson bootstrap: in each of 15 equal-width bins ((b−1)/15, b/15] the
 * number, Σd and Σd² of the residuals d = 1[correct] − confidence, in all and by bucket.
 *
 * <ul>
 *   <li>{@link #expected}: Σ<sub>b</sub> n<sub>b</sub>/n · |mean d in b| (Naeini 2015; Guo 2017, equation 3). It is
 *       biased upwards, the more so the fewer the images: a small group looks worse calibrated than a large one.
 *   <li>{@link #debiased}: √max(0, Σ<sub>b</sub> n<sub>b</sub>/n · (mean² − s²/n<sub>b</sub>)), s² the sample variance of
 *       d in the bin: the root-mean-square error with the sampling noise of each bin taken off (Bröcker 2012; Kumar,
 *       Liang and Ma 2019, section 5; Roelofs et al. 2022). Kumar's p(1−p)/(n−1) assumes one confidence per bin; the
 *       variance of the residuals does not, and equals it where there is one. Only this one may compare groups.
 *   <li>A bin with fewer than two images tells nothing of its noise and adds nothing to the debiased error.
 *   <li>A confidence that is NaN is left out and not counted; 0 belongs to the first bin. No image: NaN.
 * </ul>
 *
 * <p>At most 22 bytes per bin and bucket in use ({@link MomentSums}), 0.7 MB in all, whatever the number of images and replicates.
 */
public final class CalibrationBins implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The number of bins, the habit of the field since Guo 2017. */
    public static final int BINS = 15;

    private final PoissonWeights poisson;
    private final @Nullable MomentSums[] bins = new MomentSums[BINS];

    /** An empty state. */
    public CalibrationBins(PoissonWeights poisson) {
        this.poisson = poisson;
    }

    /** Adds an image of known label, whose unit is in this bucket. */
    public void add(double confidence, boolean correct, int bucket) {
        if (Double.isNaN(confidence)) {
            return;
        }

        int index = Math.max(0, Math.min(BINS, (int) Math.ceil(confidence * BINS)) - 1);
        bin(index).add((correct ? 1 : 0) - confidence, bucket);
    }

    private MomentSums bin(int index) {
        MomentSums bin = bins[index];
        if (bin == null) {
            bin = MomentSums.ofFractions(poisson);
            bins[index] = bin;
        }

        return bin;
    }

    /** Adds the images of another state to this one. */
    public void merge(CalibrationBins other) {
        for (int b = 0; b < BINS; b++) {
            MomentSums theirs = other.bins[b];
            if (theirs != null) {
                bin(b).merge(theirs);
            }
        }
    }

    /** A new state: this one without the images of the other, which are all among its own. */
    public CalibrationBins minus(CalibrationBins other) {
        CalibrationBins rest = new CalibrationBins(poisson);
        for (int b = 0; b < BINS; b++) {
            MomentSums ours = bins[b];
            MomentSums theirs = other.bins[b];
            if (ours != null) {
                rest.bins[b] = ours.minus(theirs == null ? MomentSums.ofFractions(poisson) : theirs);
            }
        }

        return rest;
    }

    /** Lets go of the replicates; they are made again when somebody asks. */
    public void forget() {
        for (MomentSums bin : bins) {
            if (bin != null) {
                bin.forget();
            }
        }
    }

    /** How many images there are. */
    public long n() {
        long n = 0;
        for (MomentSums bin : bins) {
            n += bin == null ? 0 : bin.n();
        }

        return n;
    }

    /** The expected calibration error; {@code units} is the effective number of independent units behind the n images. */
    public BootstrapDistribution expected(double units) {
        double value = expected(-1);
        prepare();
        double[] errors = new double[poisson.replicates()];
        Arrays.setAll(errors, this::expected);
        return new BootstrapDistribution(value, value, errors, Math.min(units, occupied()));
    }

    /** Mean confidence less accuracy, that is −Σd/n; {@code units} as for the expected one. */
    public BootstrapDistribution overconfidence(double units) {
        double value = overconfidence(-1);
        prepare();
        double[] excesses = new double[poisson.replicates()];
        Arrays.setAll(excesses, this::overconfidence);
        return new BootstrapDistribution(value, value, excesses, Math.min(units, occupied()));
    }

    private double overconfidence(int r) {
        double weight = 0;
        double sum = 0;
        for (MomentSums bin : bins) {
            if (bin != null) {
                weight += bin.weight(r);
                sum += bin.sum(r);
            }
        }

        return weight > 0 ? -sum / weight : Double.NaN;
    }

    /** The debiased root-mean-square calibration error; {@code units} as for the expected one. */
    public BootstrapDistribution debiased(double units) {
        prepare();
        double[] errors = new double[poisson.replicates()];
        Arrays.setAll(errors, r -> rootMeanSquare(r, true));
        return new BootstrapDistribution(
                rootMeanSquare(-1, true), rootMeanSquare(-1, false), errors, Math.min(units, occupied()));
    }

    /**
     * The interval of the debiased error: Student's of the mean square, which may be negative, with the standard error of its
     * replicates; then the roots of its ends. The square of a small error is nearly normal where its root, cut off at zero, is
     * not: of 35 images 94% of these intervals cover the true error, and 89% of those that are made of replicates of the root.
     */
    public Interval debiasedInterval(double units, double confidence) {
        prepare();
        double[] squares = new double[poisson.replicates()];
        Arrays.setAll(squares, r -> meanSquare(r, true));
        double effective = Math.min(units, occupied());
        double square = meanSquare(-1, true);
        double error = new BootstrapDistribution(square, meanSquare(-1, false), squares, effective).standardError();
        if (Double.isNaN(error)) {
            return Interval.NONE;
        }

        double reach = error * TDistribution.of(effective - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return new Interval(root(square - reach), root(square + reach), IntervalMethod.POISSON_STUDENT);
    }

    /** The replicates of all bins at once. One thread makes them and the others wait. */
    private synchronized void prepare() {
        List<MomentSums> used = new ArrayList<>();
        for (MomentSums bin : bins) {
            if (bin != null) {
                used.add(bin);
            }
        }

        MomentSums.prepare(used);
    }

    private int occupied() {
        boolean[] buckets = new boolean[PoissonWeights.BUCKETS];
        for (MomentSums bin : bins) {
            if (bin != null) {
                bin.mark(buckets);
            }
        }

        int occupied = 0;
        for (boolean marked : buckets) {
            occupied += marked ? 1 : 0;
        }

        return occupied;
    }

    /** The error in replicate r, or in the data when r is −1. */
    private double expected(int r) {
        double weight = 0;
        double error = 0;
        for (MomentSums bin : bins) {
            if (bin != null) {
                weight += bin.weight(r);
                error += Math.abs(bin.sum(r));
            }
        }

        return weight > 0 ? error / weight : Double.NaN;
    }

    private double rootMeanSquare(int r, boolean lessNoise) {
        return root(meanSquare(r, lessNoise));
    }

    private static double root(double square) {
        return Math.sqrt(Math.max(0, square));
    }

    /** Less its noise it may be negative. */
    private double meanSquare(int r, boolean lessNoise) {
        double total = 0;
        double error = 0;
        for (MomentSums bin : bins) {
            double weight = bin == null ? 0 : bin.weight(r);
            total += weight;
            if (bin == null || weight == 0 || (lessNoise && weight < 2)) {
                continue;
            }

            double mean = bin.sum(r) / weight;
            double variance = Math.max(0, bin.squares(r) - weight * mean * mean) / (weight - 1);
            error += weight * mean * mean - (lessNoise ? variance : 0);
        }

        return total > 0 ? error / total : Double.NaN;
    }
}
