package dev.tapetum.stats;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of the bucketed Poisson bootstrap: every unit (image or cluster) falls into one of {@link #BUCKETS} buckets by the
 * hash of its name, and every bucket enters each replicate Poisson(1) times.
 *
 * <p>A statistic then keeps its sums per bucket, whatever the number of replicates, and an image costs one addition per sum. The
 * sums of the K replicates are made once, when they are asked for: (K × B weights) · (B sums).
 *
 * <p><b>Why it is a bootstrap of the units.</b> Let y<sub>u</sub> be what unit u adds to a sum, less its mean, so that they add up to zero.
 * With weights X<sub>b</sub> of mean and variance one the replicates Σ<sub>b</sub> X<sub>b</sub> Σ<sub>u in b</sub> y<sub>u</sub> have the
 * variance V = Σ<sub>b</sub> (Σ<sub>u in b</sub> y<sub>u</sub>)² = Σ<sub>u</sub> y<sub>u</sub>² + Σ<sub>u≠v</sub>
 * y<sub>u</sub> y<sub>v</sub> 1[u and v share a bucket]. Two units share one with probability 1/B, and Σ<sub>u≠v</sub> y<sub>u</sub>
 * y<sub>v</sub> = −Σ y<sub>u</sub>², so over the hashes E V = (1 − 1/B) Σ y<sub>u</sub>²: that of a weight for every unit, but for 0.05%. Pairs
 * of pairs are uncorrelated, so Var V = 2/B (1 − 1/B) Σ<sub>u≠v</sub> y<sub>u</sub>² y<sub>v</sub>² ≤ (2/B) (E V)²: V is known to √(2/B) =
 * 3.1% and an interval's length to 1.6%, which is as much again as K = 2,000 replicates leave open, √(2/K). In place of y<sub>u</sub>
 * stands the influence of the unit for a statistic that is smooth in its sums: a ratio, a spread, the difference of two groups.
 *
 * <p>This departs from the plain Poisson bootstrap (Chamandy, Muralidharan, Najmi and Naidu, "Estimating uncertainty for massive
 * data streams", Google 2012, section 3; Hanley and MacGibbon 2006), which hashes a weight for every (unit, replicate): there an image
 * costs K additions for each of its sums. What that is for stays: the bucket is a function of (seed, unit) and its weights of (seed,
 * bucket, replicate), so it does not matter on which machine, in which shard or in which order the images are seen; sums of shards
 * add up; and units that two groups share have the same weights in both. Units hashed into buckets, whose sums alone are kept and resampled, are
 * how Google analyses experiments: Steiner, "Mind your units", The Unofficial Google Data Science Blog, 2016, there by the jackknife.
 *
 * <ul>
 *   <li>Two replicates share one 64-bit draw, 32 bits each, turned into a count by the inverse distribution function;
 *       the probabilities are right to 2<sup>-32</sup> and counts above 12 (probability 6e-11) do not occur.
 *   <li>Two images with the same name are one unit.
 *   <li>n units occupy about B(1 − exp(−n/B)) buckets: 30 of them 29.8, 1,000 of them 790. Units in one bucket are one unit of this
 *       bootstrap, so an interval has no more degrees of freedom than there are buckets in use.
 * </ul>
 *
 * <p>The table of weights is made when replicates are first asked for (on the driver, 30 ms for 2,000 replicates), takes a byte a weight
 * (4 MB), and the last one is kept for who asks with the same settings.
 */
public final class PoissonWeights implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The number of buckets B, a power of two. */
    public static final int BUCKETS = 2048;

    private static final int BUCKET_BITS = Integer.numberOfTrailingZeros(BUCKETS);

    /** 64 MB: with more replicates than 32,768 the weights are drawn again for each product, at twelve times the price. */
    private static final int MOST_KEPT = 1 << 26;

    /** Element k is P(X ≤ k) scaled to 2^32; the last one is 2^32, which no 32-bit draw reaches. */
    private static final long[] CUMULATIVE = cumulative();

    /** The smallest count that a draw with these leading eight bits can give: saves most of the search. */
    private static final byte[] START = starts();

    private record Table(long seed, int replicates, byte[][] ofBuckets) {}

    private static volatile @Nullable Table lastTable;

    private final long seed;
    private final int replicates;

    /** The weights of a run with this seed and number of replicates. */
    public PoissonWeights(StatisticsSettings settings) {
        this.seed = settings.seed();
        this.replicates = settings.bootstrap();
    }

    private static long[] cumulative() {
        long[] scaled = new long[13];
        double probability = Math.exp(-1);
        double sum = 0;
        for (int k = 0; k < scaled.length; k++) {
            sum += probability;
            scaled[k] = Math.round(sum * 0x1p32);
            probability /= k + 1;
        }

        scaled[scaled.length - 1] = 1L << 32;
        return scaled;
    }

    private static byte[] starts() {
        byte[] starts = new byte[256];
        for (int top = 0; top < starts.length; top++) {
            starts[top] = (byte) search((long) top << 24, 0);
        }

        return starts;
    }

    private static int search(long draw, int from) {
        int count = from;
        while (draw >= CUMULATIVE[count]) {
            count++;
        }

        return count;
    }

    /** The number of replicates K. */
    public int replicates() {
        return replicates;
    }

    /**
     * The bucket of a unit, from 0 to {@link #BUCKETS} − 1.
     *
     * @param unit the name of the image, or of the cluster where there is one
     */
    public int bucket(String unit) {
        return (int) (StableHash.of(seed, unit) >>> (Long.SIZE - BUCKET_BITS));
    }

    /** The weights of a bucket in all replicates. */
    byte[] weights(int bucket) {
        byte[] counts = new byte[replicates];
        long state = StableHash.of(seed, "bucket " + bucket);
        for (int r = 0; r < replicates; r += 2) {
            state += StableHash.GOLDEN_GAMMA;
            long bits = StableHash.mix(state);
            counts[r] = count(bits >>> 32);
            if (r + 1 < replicates) {
                counts[r + 1] = count(bits & 0xFFFFFFFFL);
            }
        }

        return counts;
    }

    private static byte count(long draw) {
        return (byte) search(draw, START[(int) (draw >>> 24)]);
    }

    /**
     * The sums in all replicates, {@code Σ_b X_b,r s_b}, of several statistics of the same images at once: the weights are read but once.
     * Buckets are added in their order, so that equal sums give equal replicates to the last bit.
     *
     * @param sums element {@code [v][slot]} is what statistic v sums to in the bucket of the slot
     * @return element {@code [v][r]} is the sum of statistic v in replicate r
     */
    public double[][] replicates(BucketSlots slots, List<double[]> sums) {
        double[][] totals = new double[sums.size()][replicates];
        byte[][] table = table();
        int[] inOrder = IntStream.range(0, slots.size())
                .map(slot -> slots.bucket(slot) * BUCKETS + slot)
                .sorted()
                .toArray();
        double[][] rows = new double[BLOCK][replicates];
        int[] block = new int[BLOCK];
        for (int from = 0; from < inOrder.length; from += BLOCK) {
            int count = Math.min(BLOCK, inOrder.length - from);
            for (int i = 0; i < BLOCK; i++) {
                int slot = i < count ? inOrder[from + i] % BUCKETS : -1;
                block[i] = slot;
                if (slot >= 0) {
                    int bucket = slots.bucket(slot);
                    widen(table == null ? weights(bucket) : table[bucket], rows[i]);
                }
            }

            for (int v = 0; v < totals.length; v++) {
                add(totals[v], sums.get(v), block, rows);
            }
        }

        return totals;
    }

    /** So many buckets are added at a time, which reads and writes a total once for all of them. */
    private static final int BLOCK = 4;

    private static void widen(byte[] counts, double[] into) {
        for (int r = 0; r < into.length; r++) {
            into[r] = counts[r];
        }
    }

    private static void add(double[] totals, double[] sums, int[] block, double[][] rows) {
        double first = at(sums, block[0]);
        double second = at(sums, block[1]);
        double third = at(sums, block[2]);
        double fourth = at(sums, block[3]);
        if (first == 0 && second == 0 && third == 0 && fourth == 0) {
            return;
        }

        double[] a = rows[0];
        double[] b = rows[1];
        double[] c = rows[2];
        double[] d = rows[3];
        for (int r = 0; r < totals.length; r++) {
            totals[r] += first * a[r] + second * b[r] + (third * c[r] + fourth * d[r]);
        }
    }

    private static double at(double[] sums, int slot) {
        return slot < 0 ? 0 : sums[slot];
    }

    private byte @Nullable [][] table() {
        if ((long) replicates * BUCKETS > MOST_KEPT) {
            return null;
        }

        Table last = lastTable;
        if (last == null || last.seed != seed || last.replicates != replicates) {
            byte[][] ofBuckets = new byte[BUCKETS][];
            Arrays.setAll(ofBuckets, this::weights);
            last = new Table(seed, replicates, ofBuckets);
            lastTable = last;
        }

        return last.ofBuckets;
    }
}
