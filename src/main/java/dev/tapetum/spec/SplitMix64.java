package dev.tapetum.spec;

/**
 * A sequence of random numbers from one seed: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
 * generators", figure 14). Written out rather than taken from the JDK, so that what is drawn today can be drawn again under
 * any later Java. Not for use by several threads.
 */
public final class SplitMix64 {

    /** What the state grows by from draw to draw: 2⁶⁴ divided by the golden ratio, made odd. */
    public static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        this.state = seed;
    }

    /** The finaliser: a bijection in which every bit of the argument moves every bit of the result. */
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in (0, 1), never either end. */
    public double nextOpenDouble() {
        return ((nextLong() >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform on 0 … bound − 1. */
    public int below(int bound) {
        return (int) (nextDouble() * bound);
    }

    /** Standard normal: the cosine of Box–Muller, of two draws; {@code StrictMath}, so that every machine draws the same. */
    public double nextNormal() {
        return StrictMath.sqrt(-2 * StrictMath.log(nextOpenDouble()))
                * StrictMath.cos(2 * StrictMath.PI * nextOpenDouble());
    }
}
