package dev.tapetum.stats;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many different units (patients, videos) were seen, in bounded memory: the k smallest hashes of their names, k =
 * 4,096 unless it is said otherwise (Bar-Yossef et al. 2002; Beyer et al., "On synopses for distinct-value estimation under multiset operations",
 * SIGMOD 2007).
 *
 * <p>Up to k units the count is exact. Beyond, it is (k−1)/h<sub>k</sub> with h<sub>k</sub> the k-th smallest hash
 * scaled to (0, 1], with a relative standard error of 1/√(k−2), 1.6% for 4,096. The union of two sketches is the sketch of the
 * union, so shards merge in any order.
 */
public final class UnitSketch implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 4096;
    private static final long HASH_SEED = 0x7A9E7D6BL;

    private final int most;
    private long[] hashes = new long[16];
    private int size;

    /** An empty sketch of the usual size. */
    public UnitSketch() {
        this(MOST);
    }

    /**
     * An empty sketch.
     *
     * @param most k, at least 16; sketches merge with those of the same size
     */
    public UnitSketch(int most) {
        if (most < hashes.length) {
            throw new IllegalArgumentException("a sketch of " + most + " hashes tells too little");
        }

        this.most = most;
    }

    /** Adds a unit; adding it again changes nothing. */
    public void add(String unit) {
        addHash(StableHash.of(HASH_SEED, unit) >>> 1);
    }

    /** Adds the units of another sketch. */
    public void merge(UnitSketch other) {
        for (int i = 0; i < other.size; i++) {
            addHash(other.hashes[i]);
        }
    }

    private void addHash(long hash) {
        if (size == most && hash >= hashes[most - 1]) {
            return;
        }

        int found = Arrays.binarySearch(hashes, 0, size, hash);
        if (found >= 0) {
            return;
        }

        int at = -found - 1;
        int kept = Math.min(size, most - 1);
        if (kept == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(most, 2 * hashes.length));
        }

        System.arraycopy(hashes, at, hashes, at + 1, kept - at);
        hashes[at] = hash;
        size = kept + 1;
    }

    /** The number of different units: exact up to k, an estimate beyond. */
    public long count() {
        if (size < most) {
            return size;
        }

        double largest = (hashes[most - 1] + 1.0) / 0x1p63;
        return Math.max(most, Math.round((most - 1) / largest));
    }
}
