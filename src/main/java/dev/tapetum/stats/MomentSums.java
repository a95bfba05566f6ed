package dev.tapetum.stats;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The mean and the spread of a number per image, with their bucketed Poisson bootstrap ({@link PoissonWeights}): sums over images
 * of w, w·x and w·x², where w is 1 or as many images as the image stands for; in total for the estimates, and by bucket for
 * the replicates, which are made of them when they are asked for.
 *
 * <p>Sums add and subtract, so states of shards merge and "the others" are the whole less the group. They do not depend on the order
 * of the additions, in no bit: totals are exact ({@link ExactSum}) and sums of buckets are whole numbers ({@link BinnedSums}), so that
 * a rerun gives the same statistics on however many cores. The spread is the sample standard deviation
 * √((Σwx² − (Σwx)²/Σw)/(Σw − 1)); as a difference of sums it loses about 2·log₁₀(|mean|/spread) of 16 digits, and a
 * spread below a millionth of the mean counts as zero, in replicates one below three millionths: harmless for summaries of
 * explanations, not meant for time stamps.
 *
 * <p>Size: a few hundred bytes, and for each bucket in use, of which there are at most as many as units and {@link PoissonWeights#BUCKETS},
 * 38 bytes (78 kB in all), or 22 for flags, which have few digits, and for fractions; and 16 more where images stand for unequal
 * numbers of images. Replicates are not part of it: they take 24 bytes each as long as {@link #forget} is not called.
 *
 * <ul>
 *   <li>NaN and values that are infinite or beyond 1e150, whose squares are, are left out and not counted in n.
 *   <li>No value: mean NaN. Fewer than two values: spread NaN.
 * </ul>
 */
public final class MomentSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double ROUNDING = 1e-12;

    /** What {@link BinnedSums} may lose of a sum, of its square, and of the sum of squares. */
    private static final double ROUNDING_IN_REPLICATES = 1e-11;

    /** A weight in a replicate of the others below this share of the whole's is what rounding left of none. */
    private static final double NO_WEIGHT = 1e-12;

    private static final double LARGEST = 1e150;
    private static final long EMPTY_BYTES = 500;

    /** Two longs each for w, w·x and w·x², a count, and 8 bytes to find the bucket. */
    private static final long BYTES_PER_SLOT = 60;

    private final PoissonWeights poisson;
    private final boolean fractions;
    private long n;
    private final ExactSum sum;
    private final ExactSum squares;
    private final BucketSlots slots;
    private int[] counts;
    private final BinnedSums sums;
    private final BinnedSums squaredSums;
    private @Nullable Unequal unequal;

    /** Replicates of what this is the difference of, where somebody had them made. */
    private transient @Nullable Replicates ofWhole;

    private transient @Nullable Replicates ofPart;
    private transient @Nullable Replicates replicates;

    /** The sums of w, w·x and w·x² in the replicates. */
    private record Replicates(double[] weights, double[] sums, double[] squares) {
        Replicates minus(Replicates other) {
            double[] w = new double[weights.length];
            double[] x = new double[w.length];
            double[] xx = new double[w.length];
            for (int r = 0; r < w.length; r++) {
                double left = weights[r] - other.weights[r];
                if (left > NO_WEIGHT * weights[r]) {
                    w[r] = left;
                    x[r] = sums[r] - other.sums[r];
                    xx[r] = squares[r] - other.squares[r];
                }
            }

            return new Replicates(w, x, xx);
        }
    }

    /** What is kept of the weights from the first one on that is not 1. */
    private static final class Unequal implements Serializable {
        private static final long serialVersionUID = 1L;
        private final ExactSum weight;
        private final ExactSum squares;
        private final BinnedSums ofBuckets;

        Unequal(ExactSum weight, ExactSum squares, BinnedSums ofBuckets) {
            this.weight = weight;
            this.squares = squares;
            this.ofBuckets = ofBuckets;
        }
    }

    /** An empty state. */
    public MomentSums(PoissonWeights poisson) {
        this(poisson, false);
    }

    private MomentSums(PoissonWeights poisson, boolean fractions) {
        this(
                poisson,
                fractions,
                new ExactSum(),
                new ExactSum(),
                new BucketSlots(),
                fractions ? BinnedSums.ofFractions() : BinnedSums.ofNumbers(),
                fractions ? BinnedSums.ofFractions() : BinnedSums.ofNumbers());
        counts = new int[slots.capacity()];
    }

    private MomentSums(
            PoissonWeights poisson,
            boolean fractions,
            ExactSum sum,
            ExactSum squares,
            BucketSlots slots,
            BinnedSums sums,
            BinnedSums squaredSums) {
        this.poisson = poisson;
        this.fractions = fractions;
        this.sum = sum;
        this.squares = squares;
        this.slots = slots;
        this.sums = sums;
        this.squaredSums = squaredSums;
        this.counts = new int[0];
    }

    /** An empty state for numbers in [−1, 1] of images that stand for themselves, in little more than half the memory. */
    static MomentSums ofFractions(PoissonWeights poisson) {
        return new MomentSums(poisson, true);
    }

    /** Adds one image's number. */
    public void add(double x, int bucket) {
        add(x, 1, bucket);
    }

    /**
     * Adds the number of an image that stands for {@code images} of them, since it was drawn with a probability of one over
     * that. The mean is then the ratio {@code Σwx/Σw} of Hájek 1971; the spread is meant for images that stand for themselves.
     *
     * @param bucket that of the image's unit, {@link PoissonWeights#bucket}
     */
    public void add(double x, double images, int bucket) {
        if (!(Math.abs(x) < LARGEST)) {
            return;
        }

        double product = images * x;
        double squared = product * x;
        n++;
        sum.add(product);
        squares.add(squared);
        int slot = slots.slot(bucket);
        int capacity = grow();
        if (images != 1 || unequal != null) {
            Unequal weights = unequal();
            weights.weight.add(images);
            weights.squares.add(images * images);
            weights.ofBuckets.add(slot, images, capacity);
        }

        counts[slot]++;
        sums.add(slot, product, capacity);
        squaredSums.add(slot, squared, capacity);
        changed();
    }

    private void changed() {
        replicates = null;
        ofWhole = null;
        ofPart = null;
    }

    private int grow() {
        if (counts.length < slots.capacity()) {
            counts = Arrays.copyOf(counts, slots.capacity());
        }

        return counts.length;
    }

    /** The weights, where until now each was 1 and there were none to keep. */
    private Unequal unequal() {
        Unequal weights = unequal;
        if (weights == null) {
            weights = new Unequal(new ExactSum(), new ExactSum(), BinnedSums.ofNumbers());
            for (int slot = 0; slot < slots.size(); slot++) {
                weights.ofBuckets.add(slot, counts[slot], counts.length);
                weights.weight.add(counts[slot]);
                weights.squares.add(counts[slot]);
            }

            unequal = weights;
        }

        return weights;
    }

    /** Adds the images of another state to this one. */
    public void merge(MomentSums other) {
        accumulate(other, 1);
    }

    /**
     * A new state: this one without the images of the other, which are all among its own. Where replicates of both were made,
     * its own are their difference and cost nothing.
     */
    public MomentSums minus(MomentSums other) {
        MomentSums rest = new MomentSums(
                poisson, fractions, sum.copy(), squares.copy(), slots.copy(), sums.copy(), squaredSums.copy());
        rest.n = n;
        rest.counts = Arrays.copyOf(counts, rest.slots.capacity());
        Unequal weights = unequal;
        rest.unequal = weights == null
                ? null
                : new Unequal(weights.weight.copy(), weights.squares.copy(), weights.ofBuckets.copy());
        rest.accumulate(other, -1);
        rest.ofWhole = replicates;
        rest.ofPart = other.replicates;
        return rest;
    }

    private void accumulate(MomentSums other, int sign) {
        if (other.unequal != null || unequal != null) {
            unequal();
        }

        n += sign * other.n;
        sum.accumulate(other.sum, sign);
        squares.accumulate(other.squares, sign);
        int[] places = slots.slots(other.slots);
        int capacity = grow();
        for (int slot = 0; slot < places.length; slot++) {
            counts[places[slot]] += sign * other.counts[slot];
        }

        sums.accumulate(other.sums, sign, places, capacity);
        squaredSums.accumulate(other.squaredSums, sign, places, capacity);
        Unequal weights = unequal;
        if (weights != null) {
            Unequal theirs = other.unequal;
            if (theirs == null) {
                for (int slot = 0; slot < places.length; slot++) {
                    weights.ofBuckets.add(places[slot], sign * other.counts[slot], capacity);
                }

                weights.weight.add(sign * other.n);
                weights.squares.add(sign * other.n);
            } else {
                weights.ofBuckets.accumulate(theirs.ofBuckets, sign, places, capacity);
                weights.weight.accumulate(theirs.weight, sign);
                weights.squares.accumulate(theirs.squares, sign);
            }
        }

        changed();
    }

    /** The most bytes that a state of so many images takes, each a unit of its own: 60 for each bucket and slot kept in reserve. */
    public static long bytes(long images) {
        long slots = Math.min(PoissonWeights.BUCKETS, Math.max(8, 2 * Long.highestOneBit(Math.max(1, images - 1))));
        return EMPTY_BYTES + BYTES_PER_SLOT * slots;
    }

    /** How many images had a finite number. */
    public long n() {
        return n;
    }

    /** Kish's effective number of images: n when all stand for equally many. */
    public double effectiveImages() {
        Unequal weights = unequal;
        return EffectiveUnits.of(n, total(), weights == null ? n : weights.squares.value());
    }

    /**
     * Kish's effective number of clusters, {@link EffectiveUnits#ofClusters}.
     *
     * @param clusters how many there are, which it does not exceed
     */
    public double effectiveClusters(long clusters) {
        double ofBuckets = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            double ofBucket = ofSlot(slot);
            ofBuckets += ofBucket * ofBucket;
        }

        return EffectiveUnits.ofClusters(clusters, total(), ofBuckets);
    }

    /**
     * In how many buckets the numbers sum to more than zero, or to less.
     *
     * @param sign 1 or −1
     */
    public int buckets(int sign) {
        int count = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            count += counts[slot] > 0 && sign * sums.value(slot) > 0 ? 1 : 0;
        }

        return count;
    }

    private double total() {
        Unequal weights = unequal;
        return weights == null ? n : weights.weight.value();
    }

    private double ofSlot(int slot) {
        Unequal weights = unequal;
        return weights == null ? counts[slot] : weights.ofBuckets.value(slot);
    }

    /** The mean; {@code units} is the effective number of independent units behind the n numbers. */
    public BootstrapDistribution mean(double units) {
        double value = n == 0 ? Double.NaN : sum.value() / total();
        Replicates in = replicates();
        return distribution(value, units, r -> in.weights[r] == 0 ? Double.NaN : in.sums[r] / in.weights[r]);
    }

    /** The sample standard deviation; {@code units} as for the mean. */
    public BootstrapDistribution spread(double units) {
        double value = spread(total(), sum.value(), squares.value(), ROUNDING);
        Replicates in = replicates();
        return distribution(
                value, units, r -> spread(in.weights[r], in.sums[r], in.squares[r], ROUNDING_IN_REPLICATES));
    }

    /** The weight Σw in replicate r, or in the data when r is −1. */
    double weight(int r) {
        return r < 0 ? total() : replicates().weights[r];
    }

    /** The sum Σwx in replicate r, or in the data when r is −1. */
    double sum(int r) {
        return r < 0 ? sum.value() : replicates().sums[r];
    }

    /** The sum of squares Σwx² in replicate r, or in the data when r is −1. */
    double squares(int r) {
        return r < 0 ? squares.value() : replicates().squares[r];
    }

    /** In which buckets there are images, added to those that are marked. */
    void mark(boolean[] buckets) {
        for (int slot = 0; slot < slots.size(); slot++) {
            buckets[slots.bucket(slot)] |= counts[slot] > 0;
        }
    }

    /** Lets go of the replicates; they are made again when somebody asks. */
    public synchronized void forget() {
        replicates = null;
    }

    /** One thread makes them and the others wait. */
    private synchronized Replicates replicates() {
        Replicates made = replicates;
        if (made == null) {
            made = ofWhole != null && ofPart != null ? ofWhole.minus(ofPart) : product();
            replicates = made;
        }

        return made;
    }

    private Replicates product() {
        List<double[]> ofBuckets = new ArrayList<>();
        addSums(ofBuckets, slots, slots.slots(slots));
        double[][] totals = poisson.replicates(slots, ofBuckets);
        return new Replicates(totals[0], totals[1], totals[2]);
    }

    private void addSums(List<double[]> to, BucketSlots in, int[] places) {
        double[] weight = new double[in.size()];
        double[] first = new double[in.size()];
        double[] second = new double[in.size()];
        for (int slot = 0; slot < places.length; slot++) {
            weight[places[slot]] = ofSlot(slot);
            first[places[slot]] = sums.value(slot);
            second[places[slot]] = squaredSums.value(slot);
        }

        to.addAll(List.of(weight, first, second));
    }

    /** Makes the replicates of several of the same settings at once, which reads the weights but once. */
    static void prepare(List<MomentSums> all) {
        List<MomentSums> open = new ArrayList<>();
        BucketSlots together = new BucketSlots();
        for (MomentSums one : all) {
            if (one.replicates == null && (one.ofWhole == null || one.ofPart == null)) {
                open.add(one);
                together.slots(one.slots);
            }
        }

        List<double[]> ofBuckets = new ArrayList<>();
        open.forEach(one -> one.addSums(ofBuckets, together, together.slots(one.slots)));
        if (!open.isEmpty()) {
            double[][] totals = open.get(0).poisson.replicates(together, ofBuckets);
            for (int i = 0; i < open.size(); i++) {
                open.get(i).replicates = new Replicates(totals[3 * i], totals[3 * i + 1], totals[3 * i + 2]);
            }
        }
    }

    private BootstrapDistribution distribution(double value, double units, IntToDoubleFunction replicate) {
        double[] distribution = new double[poisson.replicates()];
        Arrays.setAll(distribution, replicate);
        return new BootstrapDistribution(value, value, distribution, Math.min(units, occupied()));
    }

    /** How many buckets have images. */
    private int occupied() {
        int occupied = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            occupied += counts[slot] > 0 ? 1 : 0;
        }

        return occupied;
    }

    private static double spread(double weight, double sum, double squares, double rounding) {
        if (weight < 2) {
            return Double.NaN;
        }

        double deviations = squares - sum * sum / weight;
        return deviations <= rounding * squares ? 0 : Math.sqrt(deviations / (weight - 1));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        slots.trim();
        counts = Arrays.copyOf(counts, slots.capacity());
        sums.resize(slots.capacity());
        squaredSums.resize(slots.capacity());
        Unequal weights = unequal;
        if (weights != null) {
            weights.ofBuckets.resize(slots.capacity());
        }

        out.defaultWriteObject();
    }
}
