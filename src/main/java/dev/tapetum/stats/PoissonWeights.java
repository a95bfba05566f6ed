package dev.tapetum.stats;

import java.io.Serializable;

/**
 * The weights of the Poisson bootstrap: each unit (image or cluster) enters each replicate Poisson(1) times.
 *
 * <p>The weight of unit u in replicate r is a function of (seed, u, r) alone. So it does not matter on which machine,
 * in which shard or in which order the images are seen, and the weighted sums of two shards add up to those of their
 * union. Source: Chamandy, Muralidharan, Najmi and Naidu, "Estimating uncertainty for massive data streams", Google
 * 2012, section 3; Hanley and MacGibbon 2006.
 *
 * <ul>
 *   <li>Two replicates share one 64-bit draw, 32 bits each, turned into a count by the inverse distribution function;
 *       the probabilities are right to 2<sup>-32</sup> and counts above 12 (probability 6e-11) do not occur.
 *   <li>Two images with the same name get the same weights: they are one unit.
 * </ul>
 */
public final class PoissonWeights implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Element k is P(X ≤ k) scaled to 2^32; the last one is 2^32, which no 32-bit draw reaches. */
    private static final long[] CUMULATIVE = cumulative();

    /** The smallest count that a draw with these leading eight bits can give: saves most of the search. */
    private static final byte[] START = starts();

    private final long seed;
    private final int replicates;

    /** The weights of a run with this seed and number of replicates. */
    public PoissonWeights(StatisticsSettings settings) {
        this.seed = settings.seed();
        this.replicates = settings.bootstrap();
    }

    private static long[] cumulative() {
        long[] scaled = new long[13];
        double probability = Math.exp(-1);
        double sum = 0;
        for (int k = 0; k < scaled.length; k++) {
            sum += probability;
            scaled[k] = Math.round(sum * 0x1p32);
            probability /= k + 1;
        }

        scaled[scaled.length - 1] = 1L << 32;
        return scaled;
    }

    private static byte[] starts() {
        byte[] starts = new byte[256];
        for (int top = 0; top < starts.length; top++) {
            starts[top] = (byte) search((long) top << 24, 0);
        }

        return starts;
    }

    private static int search(long draw, int from) {
        int count = from;
        while (draw >= CUMULATIVE[count]) {
            count++;
        }

        return count;
    }

    /** The number of replicates K, the length of the arrays that {@link #draw} fills. */
    public int replicates() {
        return replicates;
    }

    /**
     * Writes the unit's weight in each replicate.
     *
     * @param unit the name of the image, or of the cluster where there is one
     * @param into filled from the first element on; its length is {@link #replicates()}
     */
    public void draw(String unit, double[] into) {
        long state = StableHash.of(seed, unit);
        for (int r = 0; r < into.length; r += 2) {
            state += StableHash.GOLDEN_GAMMA;
            long bits = StableHash.mix(state);
            into[r] = count(bits >>> 32);

            if (r + 1 < into.length) {
                into[r + 1] = count(bits & 0xFFFFFFFFL);
            }
        }
    }

    private static int count(long draw) {
        return search(draw, START[(int) (draw >>> 24)]);
    }
}
