package dev.tapetum.fairness;

import dev.tapetum.fairness.Rate.Term;
import dev.tapetum.stats.BootstrapDistribution;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of which every rate is made: images, rejected, labelled, correct, per class its labels, predictions, predictions among
 * the labelled, and true positives, and per watched feature the scored images in which it is active.
 *
 * <p>These margins are enough for all one-vs-rest rates, so a state has 4 + 4·classes counts (32 kB for 1,000 classes)
 * and not the square of the number of classes.
 *
 * <p>With clusters, images are not independent and a resampled table would be too sure of itself. Then every tally also
 * keeps its Poisson-weighted sum in each replicate, 8 bytes per replicate and tally that occurs. With more than
 * {@link #MOST_CLUSTERED_CLASSES} classes that would be gigabytes: then those of the classes do not keep them, and class rates of
 * clustered images have no interval and no test.
 */
final class Tallies implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int IMAGES = 0;
    static final int REJECTED = 1;
    static final int LABELLED = 2;
    static final int CORRECT = 3;
    static final int MOST_CLUSTERED_CLASSES = 64;
    private static final int FIRST_OF_CLASSES = 4;
    private static final int PER_CLASS = 4;

    private final int classes;
    private final List<Integer> features;
    private final long[] counts;
    private final int replicates;
    private final TreeMap<Integer, double[]> weighted = new TreeMap<>();

    /** Empty tallies; zero replicates mean that images are independent and counts are enough. */
    Tallies(int classes, List<Integer> features, int replicates) {
        this.classes = classes;
        this.features = features;
        this.counts = new long[feature(classes, features.size())];
        this.replicates = replicates;
    }

    /** @param watched place of the feature among those that are watched */
    static int feature(int classes, int watched) {
        return label(classes) + watched;
    }

    static int label(int index) {
        return FIRST_OF_CLASSES + PER_CLASS * index;
    }

    static int predicted(int index) {
        return label(index) + 1;
    }

    static int predictedAndLabelled(int index) {
        return label(index) + 2;
    }

    static int truePositive(int index) {
        return label(index) + 3;
    }

    /** Counts an image; the weights of its unit matter only with clusters. */
    void add(Observation image, double[] unitWeights) {
        count(IMAGES, unitWeights);
        if (image.rejected()) {
            count(REJECTED, unitWeights);
            return;
        }

        for (int watched = 0; watched < features.size(); watched++) {
            if (image.features().contains(features.get(watched))) {
                count(feature(classes, watched), unitWeights);
            }
        }

        count(predicted(image.predicted()), unitWeights);
        if (image.label() == Observation.UNKNOWN) {
            return;
        }

        count(LABELLED, unitWeights);
        count(label(image.label()), unitWeights);
        count(predictedAndLabelled(image.predicted()), unitWeights);
        if (image.label() == image.predicted()) {
            count(CORRECT, unitWeights);
            count(truePositive(image.label()), unitWeights);
        }
    }

    private void count(int tally, double[] unitWeights) {
        counts[tally]++;
        if (keepsReplicates(tally)) {
            double[] sums = weighted(tally);
            for (int r = 0; r < sums.length; r++) {
                sums[r] += unitWeights[r];
            }
        }
    }

    private boolean keepsReplicates(int tally) {
        boolean ofClass = tally >= FIRST_OF_CLASSES && tally < feature(classes, 0);
        return replicates > 0 && (!ofClass || classes <= MOST_CLUSTERED_CLASSES);
    }

    private double[] weighted(int tally) {
        return weighted.computeIfAbsent(tally, absent -> new double[replicates]);
    }

    void merge(Tallies other) {
        accumulate(other, 1);
    }

    Tallies minus(Tallies other) {
        Tallies rest = new Tallies(classes, features, replicates);
        rest.accumulate(this, 1);
        rest.accumulate(other, -1);
        return rest;
    }

    private void accumulate(Tallies other, int sign) {
        for (int tally = 0; tally < counts.length; tally++) {
            counts[tally] += sign * other.counts[tally];
        }

        other.weighted.forEach((tally, theirs) -> {
            double[] sums = weighted(tally);
            for (int r = 0; r < sums.length; r++) {
                sums[r] += sign * theirs[r];
            }
        });
    }

    long images() {
        return counts[IMAGES];
    }

    long count(int tally) {
        return counts[tally];
    }

    /** Whether a class has any label or prediction. */
    boolean occurs(int index) {
        return counts[label(index)] + counts[predicted(index)] > 0;
    }

    long successes(Rate rate) {
        return total(rate.successes());
    }

    long trials(Rate rate) {
        return total(rate.trials());
    }

    /** A sum of counts. */
    long total(List<Term> terms) {
        return terms.stream()
                .mapToLong(term -> term.sign() * counts[term.tally()])
                .sum();
    }

    /**
     * The rate in each replicate of clustered images, NaN where it has no trials.
     *
     * @param units how many clusters the rate rests on
     * @return null when the replicates were not kept
     */
    @Nullable
    BootstrapDistribution distribution(Rate rate, long units) {
        double[] successes = replicates(rate.successes());
        double[] trials = replicates(rate.trials());
        if (successes == null || trials == null) {
            return null;
        }

        Arrays.setAll(successes, r -> trials[r] > 0 ? successes[r] / trials[r] : Double.NaN);
        double value = trials(rate) > 0 ? (double) successes(rate) / trials(rate) : Double.NaN;
        return new BootstrapDistribution(value, value, successes, (double) units);
    }

    /** A sum of counts in each replicate of clustered images; null when the replicates were not kept. */
    double @Nullable [] replicates(List<Term> terms) {
        return terms.stream().allMatch(term -> keepsReplicates(term.tally())) ? totals(terms) : null;
    }

    private double[] totals(List<Term> terms) {
        double[] totals = new double[replicates];
        for (Term term : terms) {
            double[] sums = weighted.get(term.tally());
            for (int r = 0; sums != null && r < totals.length; r++) {
                totals[r] += term.sign() * sums[r];
            }
        }

        return totals;
    }
}
