package dev.tapetum.stats;

import dev.tapetum.spec.SplitMix64;

/**
 * A 64-bit hash that is the same on every machine and in every version of Java, so that random numbers can belong to a
 * name (an image, a cluster, a row) and not to the order of work.
 *
 * <p>Text is folded with FNV-1a over its UTF-16 units; the result is scrambled with the SplitMix64 finaliser (Steele,
 * Lea and Flood 2014), because FNV alone leaves neighbouring names correlated.
 */
final class StableHash {
    static final long GOLDEN_GAMMA = SplitMix64.GOLDEN_GAMMA;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private StableHash() {}

    static long of(long seed, String name) {
        long hash = FNV_OFFSET ^ mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }

        return mix(hash);
    }

    static long mix(long value) {
        return SplitMix64.mix(value);
    }
}
