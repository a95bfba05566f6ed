package dev.tapetum.demo;

import dev.tapetum.spec.SplitMix64;
import java.util.List;

/**
 * The random numbers of the demo, from {@link SplitMix64}, so that the same seed makes the same images everywhere. Not for use by several threads; every image has its own.
 */
final class SeededRandom {
    private final SplitMix64 stream;

    SeededRandom(long seed) {
        this.stream = new SplitMix64(seed);
    }

    /** The generator of one image's stream: independent of which images were made before. */
    static SeededRandom of(long seed, long index, long stream) {
        return new SeededRandom(mix(mix(mix(seed) + index) + stream));
    }

    long nextLong() {
        return stream.nextLong();
    }

    /** Uniform on [0, 1). */
    double unit() {
        return stream.nextDouble();
    }

    /** Uniform on [low, high). */
    double between(double low, double high) {
        return stream.between(low, high);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Uniform on 0 … bound − 1. */
    int below(int bound) {
        return stream.below(bound);
    }

    <T> T oneOf(List<T> values) {
        return values.get(below(values.size()));
    }

    /** Mean 0, variance 1, bell-shaped within ±√12: the sum of four uniforms, which needs no logarithm. */
    double bell() {
        return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
    }

    static long mix(long value) {
        return SplitMix64.mix(value);
    }
}
