package dev.tapetum.probe;

import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pixels in an order, such as from the most to the least important. Equal orders are equal, so that programs which come to
 * the same order share the probes made of it; the hash is computed once, since every such probe is looked up by it.
 */
public final class PixelRanking {

    private final int[] pixels;
    private final int hash;

    private PixelRanking(int[] pixels) {
        this.pixels = pixels;
        this.hash = Arrays.hashCode(pixels);
    }

    /** All pixels from the largest to the smallest value; equal values in the order of their index. */
    public static PixelRanking descending(float[] values) {
        return new PixelRanking(order(values));
    }

    /** {@code count} different pixels of {@code of}, each set equally likely. */
    public static PixelRanking random(int of, int count, long seed) {
        SplitMix64 random = Seeds.stream(seed);
        int[] pixels = identity(of);
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int j = i + (int) (random.nextOpenDouble() * (of - i));
            drawn[i] = pixels[j];
            pixels[j] = pixels[i];
        }

        return new PixelRanking(drawn);
    }

    public int size() {
        return pixels.length;
    }

    /** The index of the pixel of this rank, 0 being the first. */
    public int pixel(int rank) {
        return pixels[rank];
    }

    /** The first {@code count} pixels. */
    public Region first(int count) {
        return new RankedPixels(this, count);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof PixelRanking ranking)) {
            return false;
        }

        return this == ranking || (hash == ranking.hash && Arrays.equals(pixels, ranking.pixels));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /**
     * Sorts by (value, index), the largest value first, as 64-bit keys: the value's bits made monotone above, the index below.
     */
    private static int[] order(float[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            // Plus zero turns −0 into 0, which is equal to it.
            int bits = Float.floatToIntBits(values[i] + 0f);
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[i] = ((long) ~ascending << 32) | i;
        }

        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }

        return order;
    }

    private static int[] identity(int count) {
        int[] identity = new int[count];
        for (int i = 0; i < count; i++) {
            identity[i] = i;
        }

        return identity;
    }
}
