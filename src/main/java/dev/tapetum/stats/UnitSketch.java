package dev.tapetum.stats;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many different units (patients, videos) were seen, in bounded memory: the k smallest hashes of their names, k =
 * 4,096 (Bar-Yossef et al. 2002; Beyer et al., "On synopses for distinct-value estimation under multiset operations",
 * SIGMOD 2007).
 *
 * <p>Up to 4,096 units the count is exact. Beyond, it is (k−1)/h<sub>k</sub> with h<sub>k</sub> the k-th smallest hash
 * scaled to (0, 1], with a relative standard error of 1/√(k−2) = 1.6%. The union of two sketches is the sketch of the
 * union, so shards merge in any order.
 */
public final class UnitSketch implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 4096;
    private static final long HASH_SEED = 0x7A9E7D6BL;

    private long[] hashes = new long[16];
    private int size;

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
        if (size == MOST && hash >= hashes[MOST - 1]) {
            return;
        }

        int found = Arrays.binarySearch(hashes, 0, size, hash);
        if (found >= 0) {
            return;
        }

        int at = -found - 1;
        int kept = Math.min(size, MOST - 1);
        if (kept == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(MOST, 2 * hashes.length));
        }

        System.arraycopy(hashes, at, hashes, at + 1, kept - at);
        hashes[at] = hash;
        size = kept + 1;
    }

    /** The number of different units: exact up to 4,096, an estimate beyond. */
    public long count() {
        if (size < MOST) {
            return size;
        }

        double largest = (hashes[MOST - 1] + 1.0) / 0x1p63;
        return Math.max(MOST, Math.round((MOST - 1) / largest));
    }
}
