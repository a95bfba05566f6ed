package dev.tapetum.attributionmetric;

import dev.tapetum.probe.PixelRanking;
import java.util.BitSet;

/**
 * A set of a map's most important pixels, on its grid, and the windows around them.
 *
 * @param pixels one bit per pixel, row by row
 */
record TopPixels(BitSet pixels, int rows, int cols) {

    static void check(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the image's pixels is above 0 and at most 1, not " + share);
        }
    }

    /** A share of the image's pixels as a number of them, at least one. */
    static int count(double share, int pixels) {
        return (int) Math.max(1, Math.round(share * pixels));
    }

    /** The {@code k} largest; of equal ones those that come first. */
    static TopPixels largest(float[] map, int rows, int cols, int k) {
        PixelRanking ranking = PixelRanking.descending(map);
        BitSet pixels = new BitSet(map.length);
        for (int rank = 0; rank < k; rank++) {
            pixels.set(ranking.pixel(rank));
        }

        return new TopPixels(pixels, rows, cols);
    }

    /**
     * The {@code k} largest of which none lies in the window of another: again and again the largest pixel that is left,
     * without the window around it. Fewer than k when the windows have used up the map.
     *
     * @param window pixels to each side, so that windows are {@code 2·window + 1} wide
     */
    static TopPixels diverse(float[] map, int rows, int cols, int k, int window) {
        PixelRanking ranking = PixelRanking.descending(map);
        BitSet covered = new BitSet(map.length);
        BitSet pixels = new BitSet(map.length);
        int taken = 0;
        for (int rank = 0; rank < ranking.size() && taken < k; rank++) {
            int pixel = ranking.pixel(rank);
            if (!covered.get(pixel)) {
                pixels.set(pixel);
                cover(covered, pixel, rows, cols, window);
                taken++;
            }
        }

        return new TopPixels(pixels, rows, cols);
    }

    int size() {
        return pixels.cardinality();
    }

    /** All pixels within the window of one of these; windows end at the border of the image. */
    TopPixels within(int window) {
        BitSet covered = new BitSet(rows * cols);
        for (int pixel = pixels.nextSetBit(0); pixel >= 0; pixel = pixels.nextSetBit(pixel + 1)) {
            cover(covered, pixel, rows, cols, window);
        }

        return new TopPixels(covered, rows, cols);
    }

    /** How many of these are among the others. */
    int shared(TopPixels others) {
        BitSet both = (BitSet) pixels.clone();
        both.and(others.pixels);
        return both.cardinality();
    }

    private static void cover(BitSet covered, int pixel, int rows, int cols, int window) {
        int row = pixel / cols;
        int col = pixel % cols;
        int left = Math.max(0, col - window);
        int right = Math.min(cols, col + window + 1);
        for (int r = Math.max(0, row - window); r < Math.min(rows, row + window + 1); r++) {
            covered.set(r * cols + left, r * cols + right);
        }
    }
}
