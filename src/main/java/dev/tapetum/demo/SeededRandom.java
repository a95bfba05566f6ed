package dev.tapetum.demo;

import java.util.List;

/**
 * SplitMix64 (Steele, Lea and Flood, 2014), written out so that the same seed makes the same images under every Java version.
 * Not for use by several threads; every image has its own.
 */
final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SeededRandom(long seed) {
        this.state = seed;
    }

    /** The generator of one image's stream: independent of which images were made before. */
    static SeededRandom of(long seed, long index, long stream) {
        return new SeededRandom(mix(mix(mix(seed) + index) + stream));
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform on [0, 1). */
    double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform on [low, high). */
    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Uniform on 0 … bound − 1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    <T> T oneOf(List<T> values) {
        return values.get(below(values.size()));
    }

    /** Mean 0, variance 1, bell-shaped within ±√12: the sum of four uniforms, which needs no logarithm. */
    double bell() {
        return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
