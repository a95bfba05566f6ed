package dev.tapetum.probe;

import java.nio.charset.StandardCharsets;

/**
 * Seeds that depend on what is asked, never on when or where: hashed from (run seed, image id, purpose, index).
 *
 * <p>The hash is FNV-1a over the words, finished by the SplitMix64 mixer; the stream is SplitMix64 (Steele, Lea and
 * Flood 2014, "Fast splittable pseudorandom number generators", figure 14). Both are fixed here rather than taken from
 * the JDK, so that a run of today can be replayed on any later Java.
 */
public final class Seeds {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** The seed of one image in one run. */
    public static long of(long runSeed, String imageId) {
        return mix(runSeed ^ hash(imageId));
    }

    /** The seed of draw {@code index} that serves {@code purpose} under {@code seed}. */
    public static long of(long seed, String purpose, int index) {
        return mix(mix(seed ^ hash(purpose)) + index * GOLDEN_GAMMA);
    }

    /** A number in [0, 1), a multiple of 2⁻⁵³, that the seed names. */
    public static double uniform(long seed) {
        return (mix(seed) >>> 11) * 0x1.0p-53;
    }

    /** A standard normal number that the seed names. */
    public static double normal(long seed) {
        return stream(seed).next(Stimulus.Jittered.Shape.NORMAL);
    }

    static Stream stream(long seed) {
        return new Stream(seed);
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long hash(String text) {
        long h = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }

        return h;
    }

    /** A sequence of draws from one seed. */
    static final class Stream {

        private long state;

        private Stream(long seed) {
            this.state = seed;
        }

        long nextLong() {
            state += GOLDEN_GAMMA;
            return mix(state);
        }

        /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
        float nextFloat() {
            return (nextLong() >>> 40) * 0x1.0p-24f;
        }

        double next(Stimulus.Jittered.Shape shape) {
            return switch (shape) {
                case SIGN -> nextLong() < 0 ? -1 : 1;
                case UNIFORM -> 2 * nextOpenDouble() - 1;
                case NORMAL ->
                    StrictMath.sqrt(-2 * StrictMath.log(nextOpenDouble()))
                            * StrictMath.cos(2 * StrictMath.PI * nextOpenDouble());
            };
        }

        /** Uniform in (0, 1), never either end. */
        double nextOpenDouble() {
            return ((nextLong() >>> 11) + 0.5) * 0x1.0p-53;
        }
    }
}
