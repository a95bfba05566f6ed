package dev.tapetum.probe;

import dev.tapetum.spec.SplitMix64;
import java.nio.charset.StandardCharsets;

/**
 * Seeds that depend on what is asked, never on when or where: hashed from (run seed, image id, purpose, index).
 *
 * <p>The hash is FNV-1a over the words, finished by the mixer of {@link SplitMix64}, which is also the stream. Both are fixed
 * rather than taken from the JDK, so that a run of today can be replayed on any later Java.
 */
public final class Seeds {

    private Seeds() {}

    /** The seed of one image in one run. */
    public static long of(long runSeed, String imageId) {
        return mix(runSeed ^ hash(imageId));
    }

    /** The seed of draw {@code index} that serves {@code purpose} under {@code seed}. */
    public static long of(long seed, String purpose, int index) {
        return mix(mix(seed ^ hash(purpose)) + index * SplitMix64.GOLDEN_GAMMA);
    }

    /** A number in [0, 1), a multiple of 2⁻⁵³, that the seed names. */
    public static double uniform(long seed) {
        return (mix(seed) >>> 11) * 0x1.0p-53;
    }

    /** A standard normal number that the seed names. */
    public static double normal(long seed) {
        return stream(seed).nextNormal();
    }

    static SplitMix64 stream(long seed) {
        return new SplitMix64(seed);
    }

    static long mix(long z) {
        return SplitMix64.mix(z);
    }

    private static long hash(String text) {
        long h = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }

        return h;
    }
}
