package dev.tapetum.fairness;

import dev.tapetum.fairness.Rate.Term;
import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.BucketSlots;
import dev.tapetum.stats.EffectiveUnits;
import dev.tapetum.stats.PoissonWeights;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of which every rate is made: images, rejected, labelled, correct, per class its labels, predictions, predictions among
 * the labelled, and true positives, and per watched feature the scored images in which it is active.
 *
 * <p>These margins are enough for all one-vs-rest rates, so a state has 4 + 4·classes counts (32 kB for 1,000 classes)
 * and not the square of the number of classes.
 *
 * <p>Every tally is also kept by bucket of the bootstrap ({@link PoissonWeights}), of which its replicates are made: with clusters,
 * where images are not independent and a resampled table would be too sure of itself, and for statistics that are no plain rate, such as
 * the worst of several. 4 bytes for each tally that occurs and each bucket in use, 8 kB at most: 0.5 MB a group for 16 classes, 2 MB for 64.
 * With more than {@link #MOST_CLUSTERED_CLASSES} classes, or {@link #MOST_CLASSES} without clusters, that would be gigabytes for some
 * hundred groups: then those of the classes are not kept by bucket, and class rates of clustered images have no interval and no test.
 */
final class Tallies implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int IMAGES = 0;
    static final int REJECTED = 1;
    static final int LABELLED = 2;
    static final int CORRECT = 3;
    static final int MOST_CLUSTERED_CLASSES = 64;

    /** What that means, for who wants to know. */
    static final String NOT_KEPT =
            "rates by class have no interval and no test where images come in clusters and a model has more than "
                    + MOST_CLUSTERED_CLASSES + " classes";

    /** Without clusters rates have the contingency bootstrap, and so many more groups are affordable. */
    static final int MOST_CLASSES = 16;

    private static final int FIRST_OF_CLASSES = 4;
    private static final int PER_CLASS = 4;

    private final int classes;
    private final List<Integer> features;
    private final boolean clustered;
    private final PoissonWeights poisson;
    private final long[] counts;
    private final BucketSlots slots;

    /** By tally and slot; null where nothing was counted. */
    private final int[] @Nullable [] ofBuckets;

    /** Replicates of what this is the difference of, where somebody had them made. */
    private transient @Nullable Map<Integer, double[]> ofWhole;

    private transient @Nullable Map<Integer, double[]> ofPart;

    /** The replicates of every tally that is kept by bucket and occurs. */
    private transient @Nullable Map<Integer, double[]> replicates;

    /** Empty tallies. */
    Tallies(int classes, List<Integer> features, boolean clustered, PoissonWeights poisson) {
        this(classes, features, clustered, poisson, new BucketSlots());
    }

    private Tallies(int classes, List<Integer> features, boolean clustered, PoissonWeights poisson, BucketSlots slots) {
        this.classes = classes;
        this.features = features;
        this.clustered = clustered;
        this.poisson = poisson;
        this.counts = new long[feature(classes, features.size())];
        this.slots = slots;
        this.ofBuckets = new int[counts.length][];
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

    /** Counts an image whose unit is in this bucket. */
    void add(Observation image, int bucket) {
        int slot = slots.slot(bucket);
        changed();
        count(IMAGES, slot);
        if (image.rejected()) {
            count(REJECTED, slot);
            return;
        }

        for (int watched = 0; watched < features.size(); watched++) {
            if (image.features().contains(features.get(watched))) {
                count(feature(classes, watched), slot);
            }
        }

        count(predicted(image.predicted()), slot);
        if (image.label() == Observation.UNKNOWN) {
            return;
        }

        count(LABELLED, slot);
        count(label(image.label()), slot);
        count(predictedAndLabelled(image.predicted()), slot);
        if (image.label() == image.predicted()) {
            count(CORRECT, slot);
            count(truePositive(image.label()), slot);
        }
    }

    private void changed() {
        replicates = null;
        ofWhole = null;
        ofPart = null;
    }

    private void count(int tally, int slot) {
        counts[tally]++;
        if (isKept(tally)) {
            ofBuckets(tally)[slot]++;
        }
    }

    /** Whether a tally has replicates. */
    boolean isKept(int tally) {
        boolean ofClass = tally >= FIRST_OF_CLASSES && tally < feature(classes, 0);
        return !ofClass || classes <= (clustered ? MOST_CLUSTERED_CLASSES : MOST_CLASSES);
    }

    private int[] ofBuckets(int tally) {
        int[] counted = ofBuckets[tally];
        if (counted == null || counted.length < slots.capacity()) {
            counted = counted == null ? new int[slots.capacity()] : Arrays.copyOf(counted, slots.capacity());
            ofBuckets[tally] = counted;
        }

        return counted;
    }

    void merge(Tallies other) {
        accumulate(other, 1);
    }

    Tallies minus(Tallies other) {
        Tallies rest = new Tallies(classes, features, clustered, poisson, slots.copy());
        System.arraycopy(counts, 0, rest.counts, 0, counts.length);
        for (int tally = 0; tally < counts.length; tally++) {
            int[] counted = ofBuckets[tally];
            rest.ofBuckets[tally] = counted == null ? null : Arrays.copyOf(counted, rest.slots.capacity());
        }

        rest.accumulate(other, -1);
        rest.ofWhole = replicates;
        rest.ofPart = other.replicates;
        return rest;
    }

    private void accumulate(Tallies other, int sign) {
        int[] places = slots.slots(other.slots);
        for (int tally = 0; tally < counts.length; tally++) {
            counts[tally] += sign * other.counts[tally];
            int[] theirs = other.ofBuckets[tally];
            if (theirs != null) {
                int[] ours = ofBuckets(tally);
                for (int slot = 0; slot < places.length && slot < theirs.length; slot++) {
                    ours[places[slot]] += sign * theirs[slot];
                }
            }
        }

        changed();
    }

    /** Lets go of the replicates; they are made again when somebody asks. */
    synchronized void forget() {
        replicates = null;
    }

    /**
     * What a tally comes to in each replicate of the bootstrap, of which any function of tallies has its replicates. With the same
     * weights in every group, so that differences are taken replicate by replicate. Do not write into it.
     *
     * @return null when the tally is not kept by bucket
     */
    double @Nullable [] replicates(int tally) {
        if (!isKept(tally)) {
            return null;
        }

        double[] of = replicates().get(tally);
        return of == null ? new double[poisson.replicates()] : of;
    }

    /** One thread makes them and the others wait. */
    private synchronized Map<Integer, double[]> replicates() {
        Map<Integer, double[]> made = replicates;
        if (made == null) {
            made = ofWhole != null && ofPart != null ? difference(ofWhole, ofPart) : product();
            replicates = made;
        }

        return made;
    }

    private Map<Integer, double[]> product() {
        List<Integer> kept = new ArrayList<>();
        List<double[]> sums = new ArrayList<>();
        for (int tally = 0; tally < counts.length; tally++) {
            int[] counted = ofBuckets[tally];
            if (counted != null) {
                kept.add(tally);
                sums.add(Arrays.stream(counted, 0, Math.min(slots.size(), counted.length))
                        .asDoubleStream()
                        .toArray());
            }
        }

        sums.replaceAll(sum -> Arrays.copyOf(sum, slots.size()));
        double[][] totals = poisson.replicates(slots, sums);
        Map<Integer, double[]> made = new HashMap<>();
        for (int tally : kept) {
            made.put(tally, totals[made.size()]);
        }

        return made;
    }

    private static Map<Integer, double[]> difference(Map<Integer, double[]> whole, Map<Integer, double[]> part) {
        Map<Integer, double[]> difference = new HashMap<>();
        whole.forEach((tally, all) -> {
            double[] rest = all.clone();
            double[] less = part.get(tally);
            for (int r = 0; less != null && r < rest.length; r++) {
                rest[r] -= less[r];
            }

            difference.put(tally, rest);
        });
        return difference;
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
     * From how many clusters the images of the trials come: those that lie in their buckets.
     *
     * @param clusters how many the images of all tallies come from
     */
    long clusters(List<Term> trials, long clusters) {
        return isKept(trials)
                ? Math.min(
                        total(trials),
                        EffectiveUnits.clustersIn(clusters, buckets(trials), buckets(List.of(new Term(IMAGES, 1)))))
                : Math.min(total(trials), clusters);
    }

    /**
     * How many clusters of equally many trials would tell as much, by Kish ({@link EffectiveUnits}).
     *
     * @param clusters how many there are, which it does not exceed
     */
    double effectiveClusters(List<Term> trials, long clusters) {
        if (!isKept(trials)) {
            return clusters;
        }

        double ofBuckets = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            double ofBucket = ofSlot(trials, slot);
            ofBuckets += ofBucket * ofBucket;
        }

        return EffectiveUnits.ofClusters(clusters, total(trials), ofBuckets);
    }

    /** In how many buckets there are any of these images; 0 where that is not kept. */
    int buckets(List<Term> terms) {
        int count = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            count += ofSlot(terms, slot) > 0 ? 1 : 0;
        }

        return count;
    }

    private long ofSlot(List<Term> terms, int slot) {
        long sum = 0;
        for (Term term : terms) {
            int[] counted = ofBuckets[term.tally()];
            sum += counted == null || slot >= counted.length ? 0 : (long) term.sign() * counted[slot];
        }

        return sum;
    }

    private boolean isKept(List<Term> terms) {
        return terms.stream().allMatch(term -> isKept(term.tally()));
    }

    /**
     * The rate in each replicate, NaN where it has no trials.
     *
     * @param units how many units the rate rests on, of which no more count than its trials lie in buckets
     * @return null when there are no replicates
     */
    @Nullable
    BootstrapDistribution distribution(Rate rate, double units) {
        double[] successes = replicates(rate.successes());
        double[] trials = replicates(rate.trials());
        if (successes == null || trials == null) {
            return null;
        }

        Arrays.setAll(successes, r -> trials[r] > 0 ? successes[r] / trials[r] : Double.NaN);
        double value = trials(rate) > 0 ? (double) successes(rate) / trials(rate) : Double.NaN;
        return new BootstrapDistribution(value, value, successes, Math.min(units, buckets(rate.trials())));
    }

    /** A sum of counts in each replicate of clustered images; null when the replicates were not kept. */
    double @Nullable [] replicates(List<Term> terms) {
        return isKept(terms) ? totals(terms) : null;
    }

    private double[] totals(List<Term> terms) {
        double[] totals = new double[poisson.replicates()];
        for (Term term : terms) {
            double[] sums = replicates().get(term.tally());
            for (int r = 0; sums != null && r < totals.length; r++) {
                totals[r] += term.sign() * sums[r];
            }
        }

        return totals;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        for (int tally = 0; tally < counts.length; tally++) {
            int[] counted = ofBuckets[tally];
            ofBuckets[tally] = counted == null ? null : Arrays.copyOf(counted, slots.size());
        }

        out.defaultWriteObject();
    }
}
