package dev.tapetum.image;

import java.util.Arrays;

/**
 * What a macroblock adds to its prediction: 25 blocks of coefficients (RFC 6386, section 13), their steps (14.1) and the
 * transforms back to samples (14.3, 14.4). The blocks are 16 of luma, 4 + 4 of colour; of a macroblock that is predicted as
 * a whole, the means of the luma blocks come in a block of their own.
 */
final class Vp8Residual {
    /** Luma without means, means, colour, luma with means. */
    private static final int LUMA_REST = 0;

    private static final int MEANS = 1;
    private static final int COLOUR = 2;
    private static final int LUMA = 3;

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private final int[][][][] probabilities;
    private final int[] coefficients = new int[25 * 16];

    Vp8Residual(int[][][][] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * The steps of one segment.
     *
     * @param luma of the first coefficient and of the others; likewise the rest
     */
    record Steps(int[] luma, int[] means, int[] colour) {}

    /** Reads nothing: the macroblock is its prediction. */
    void clear(boolean[] above, boolean[] left, boolean whole) {
        Arrays.fill(coefficients, 0);
        Arrays.fill(above, 0, 8, false);
        Arrays.fill(left, 0, 8, false);

        if (whole) {
            above[8] = false;
            left[8] = false;
        }
    }

    /**
     * Reads the coefficients of a macroblock.
     *
     * @param above which blocks of the macroblock above had any: four of luma, two and two of colour, the means
     * @param left the same for the macroblock to the left
     * @return whether any coefficient is other than zero
     */
    boolean read(Vp8BoolDecoder bits, Steps steps, boolean[] above, boolean[] left, boolean whole) {
        Arrays.fill(coefficients, 0);
        int first = 0;

        if (whole) {
            boolean any = block(bits, MEANS, context(above[8], left[8]), 0, steps.means, 24) > 0;
            above[8] = any;
            left[8] = any;
            spreadMeans();
            first = 1;
        }

        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int type = whole ? LUMA_REST : LUMA;
                int end = block(bits, type, context(above[x], left[y]), first, steps.luma, 4 * y + x);
                above[x] = end > first;
                left[y] = end > first;
            }
        }

        for (int i = 0; i < 8; i++) {
            int column = 4 + 2 * (i / 4) + (i & 1);
            int row = 4 + 2 * (i / 4) + (i / 2 & 1);
            boolean any = block(bits, COLOUR, context(above[column], left[row]), 0, steps.colour, 16 + i) > 0;
            above[column] = any;
            left[row] = any;
        }

        for (int i = 0; i < 24 * 16; i++) {
            if (coefficients[i] != 0) {
                return true;
            }
        }

        return false;
    }

    private static int context(boolean above, boolean left) {
        return (above ? 1 : 0) + (left ? 1 : 0);
    }

    /** Reads one block and returns where its coefficients end. */
    private int block(Vp8BoolDecoder bits, int type, int context, int first, int[] steps, int block) {
        int[][][] bands = probabilities[type];
        int[] nodes = bands[BANDS[first]][context];
        int n = first;

        while (n < 16) {
            if (bits.bit(nodes[0]) == 0) {
                return n;
            }

            while (bits.bit(nodes[1]) == 0) {
                n++;

                if (n == 16) {
                    return 16;
                }

                nodes = bands[BANDS[n]][0];
            }

            int magnitude = bits.bit(nodes[2]) == 0 ? 1 : large(bits, nodes);
            int signed = bits.flag() ? -magnitude : magnitude;
            coefficients[16 * block + ZIGZAG[n]] = signed * steps[n == 0 ? 0 : 1];
            n++;
            nodes = bands[BANDS[n]][magnitude == 1 ? 1 : 2];
        }

        return 16;
    }

    private static int large(Vp8BoolDecoder bits, int[] nodes) {
        if (bits.bit(nodes[3]) == 0) {
            return bits.bit(nodes[4]) == 0 ? 2 : 3 + bits.bit(nodes[5]);
        }

        if (bits.bit(nodes[6]) == 0) {
            return bits.bit(nodes[7]) == 0 ? 5 + bits.bit(159) : 7 + 2 * bits.bit(165) + bits.bit(145);
        }

        int high = bits.bit(nodes[8]);
        int category = 2 * high + bits.bit(nodes[9 + high]);
        int extra = 0;

        for (int probability : LARGE[category]) {
            extra = 2 * extra + bits.bit(probability);
        }

        return extra + 3 + (8 << category);
    }

    /** The Walsh-Hadamard transform of the block of means gives the first coefficient of each luma block. */
    private void spreadMeans() {
        int[] c = coefficients;
        int[] half = new int[16];
        int base = 24 * 16;

        for (int i = 0; i < 4; i++) {
            int outer = c[base + i] + c[base + 12 + i];
            int inner = c[base + 4 + i] + c[base + 8 + i];
            int innerDifference = c[base + 4 + i] - c[base + 8 + i];
            int outerDifference = c[base + i] - c[base + 12 + i];
            half[i] = outer + inner;
            half[4 + i] = outerDifference + innerDifference;
            half[8 + i] = outer - inner;
            half[12 + i] = outerDifference - innerDifference;
        }

        for (int i = 0; i < 16; i += 4) {
            int outer = half[i] + 3 + half[i + 3];
            int inner = half[i + 1] + half[i + 2];
            int innerDifference = half[i + 1] - half[i + 2];
            int outerDifference = half[i] + 3 - half[i + 3];
            c[16 * i] = (outer + inner) >> 3;
            c[16 * (i + 1)] = (outerDifference + innerDifference) >> 3;
            c[16 * (i + 2)] = (outer - inner) >> 3;
            c[16 * (i + 3)] = (outerDifference - innerDifference) >> 3;
        }
    }

    /** Adds the inverse cosine transform of a block to the prediction. */
    void add(int block, Vp8Plane plane, int column, int row) {
        int[] c = coefficients;
        int base = 16 * block;
        int[] half = new int[16];

        for (int i = 0; i < 4; i++) {
            int sum = c[base + i] + c[base + 8 + i];
            int difference = c[base + i] - c[base + 8 + i];
            int sine = times35468(c[base + 4 + i]) - times85627(c[base + 12 + i]);
            int cosine = times85627(c[base + 4 + i]) + times35468(c[base + 12 + i]);
            half[i] = sum + cosine;
            half[4 + i] = difference + sine;
            half[8 + i] = difference - sine;
            half[12 + i] = sum - cosine;
        }

        for (int y = 0; y < 4; y++) {
            int[] h = half;
            int at = 4 * y;
            int sum = h[at] + 4 + h[at + 2];
            int difference = h[at] + 4 - h[at + 2];
            int sine = times35468(h[at + 1]) - times85627(h[at + 3]);
            int cosine = times85627(h[at + 1]) + times35468(h[at + 3]);
            int to = plane.index(column, row + y);
            add(plane, to, sum + cosine);
            add(plane, to + 1, difference + sine);
            add(plane, to + 2, difference - sine);
            add(plane, to + 3, sum - cosine);
        }
    }

    private static void add(Vp8Plane plane, int to, int value) {
        byte[] samples = plane.samples();
        samples[to] = (byte) Math.max(0, Math.min(255, (samples[to] & 0xFF) + (value >> 3)));
    }

    private static int times35468(int value) {
        return (value * 35468) >> 16;
    }

    private static int times85627(int value) {
        return ((value * 20091) >> 16) + value;
    }
}
