package dev.tapetum.stats;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of sums of doubles that do not depend on the order of the additions, to about twelve digits of the largest number.
 *
 * <p>The exponents of doubles are cut into bins of 40 bits, with ends at 2<sup>40k+20</sup>. All sums of the row keep the same two bins:
 * that of the largest number so far, and the one below. Of each number the digits that lie in either are added up as whole numbers
 * in a long each, and what lies below is dropped. A larger number may raise the bins; then what was the higher bin becomes the lower one, and
 * the old lower one is dropped, as every number's digits there would have been had the largest come first. So the result is a
 * function of the set of numbers: whole-number additions commute, and what is kept is decided by the maximum. This is the binned number of
 * Ahrens, Demmel and Nguyen, "Algorithms for efficient reproducible floating point summation", ACM TOMS 46 (2020), with two bins instead of
 * three and integers instead of doubles.
 *
 * <ul>
 *   <li>Error: each number loses less than 2<sup>−40</sup> (9e-13) of the largest in the worst case; when the largest is about 1 it is
 *       2<sup>−60</sup>. Meant for replicates, whose own noise is a millionfold that; {@link ExactSum} is for estimates.
 *   <li>Room: 2<sup>23</sup> numbers of the top of a bin in one sum; 2<sup>43</sup> of the size of 1. Beyond, the bins are raised as by a larger
 *       number, and only then might another order keep other digits.
 *   <li>Sums of numbers with few digits (flags, counts) have an empty lower bin, which takes no memory. Else 16 bytes a sum.
 * </ul>
 */
final class BinnedSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 40;
    private static final int SHIFT = 20;
    private static final long MASK = (1L << WIDTH) - 1;
    private static final int NO_BIN = Integer.MIN_VALUE;

    /** Beyond this a long might overflow with the next number or the next few merges. */
    private static final long FULL = 1L << 62;

    /** Numbers below 2^-900 count as zero: a bin further down has no unit that is a double. */
    private static final int LOWEST_BIN = -22;

    /** Whether all numbers lie in [−1, 1], and one bin down to 2^-40 does for them. */
    private final boolean fractions;

    private int top;
    private double unit;
    private double fineUnit;
    private long[] high = {};
    private long @Nullable [] low;

    private BinnedSums(boolean fractions) {
        this.fractions = fractions;
        this.top = fractions ? 0 : NO_BIN;
    }

    /** Sums of numbers of any size up to 2^500. */
    static BinnedSums ofNumbers() {
        return new BinnedSums(false);
    }

    /** Sums of numbers in [−1, 1], in half the memory: each loses less than 2^−40. */
    static BinnedSums ofFractions() {
        return new BinnedSums(true);
    }

    /** Adds a number to the sum at a place below the capacity. */
    void add(int at, double x, int capacity) {
        if (high.length < capacity) {
            resize(capacity);
        }

        if (fractions) {
            add(at, (long) (x * 0x1p40), 0L);
            return;
        }

        int bin = Math.floorDiv(Math.getExponent(x) + SHIFT, WIDTH);
        if (x == 0 || bin < LOWEST_BIN) {
            return;
        }

        if (bin > top) {
            raise(bin);
        }

        long units = (long) (x / unit);
        add(at, units, (long) ((x - units * unit) / fineUnit));
    }

    private void add(int at, long units, long fine) {
        if (fine != 0) {
            addFine(at, fine);
        }

        high[at] += units;
        if (Math.abs(high[at]) >= FULL && !fractions) {
            long full = high[at];
            high[at] = 0;
            raise(top + 1);
            addFine(at, full);
        }
    }

    private void addFine(int at, long fine) {
        long[] lower = low;
        if (lower == null) {
            lower = new long[high.length];
            low = lower;
        }

        lower[at] += fine;
        if (Math.abs(lower[at]) >= FULL) {
            high[at] += lower[at] >> WIDTH;
            lower[at] &= MASK;
        }
    }

    /** What was carried out of a bin belongs to it, and goes with it. */
    private void raise(int bin) {
        if (top != NO_BIN) {
            low = bin == top + 1 ? high : null;
            high = new long[high.length];
        }

        setTop(bin);
    }

    private void setTop(int bin) {
        top = bin;
        unit = Math.scalb(1.0, bin * WIDTH - SHIFT);
        fineUnit = Math.scalb(1.0, (bin - 1) * WIDTH - SHIFT);
    }

    /**
     * Adds other sums to these, or takes them off when the sign is −1.
     *
     * @param places where the sum of each place of the other goes here
     */
    void accumulate(BinnedSums other, int sign, int[] places, int capacity) {
        if (high.length < capacity) {
            resize(capacity);
        }

        if (other.top == NO_BIN) {
            return;
        }

        if (other.top > top) {
            raise(other.top);
        }

        for (int from = 0; from < places.length; from++) {
            long units = from < other.high.length ? other.high[from] : 0;
            long fine = other.low == null || from >= other.low.length ? 0 : other.low[from];
            int below = top - other.top;
            if (below == 0) {
                add(places[from], sign * units, sign * fine);
            } else if (below == 1) {
                add(places[from], 0, sign * units);
            }
        }
    }

    /** The sum at a place. */
    double value(int at) {
        if (top == NO_BIN || at >= high.length) {
            return 0;
        }

        if (fractions) {
            return high[at] * 0x1p-40;
        }

        long fine = low == null ? 0 : low[at];
        return (high[at] + (fine >> WIDTH)) * unit + (fine & MASK) * fineUnit;
    }

    /** Makes or takes away room. */
    void resize(int capacity) {
        high = Arrays.copyOf(high, capacity);
        low = low == null ? null : Arrays.copyOf(low, capacity);
    }

    BinnedSums copy() {
        BinnedSums copy = new BinnedSums(fractions);
        if (top != NO_BIN) {
            copy.setTop(top);
        }

        copy.high = high.clone();
        copy.low = low == null ? null : low.clone();
        return copy;
    }
}
