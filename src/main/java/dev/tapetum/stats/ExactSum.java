package dev.tapetum.stats;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The sum of doubles without any rounding, so that it does not depend on the order in which they came: a number in base
 * 2<sup>32</sup> whose digits are collected in longs and carried when somebody asks (a "long accumulator", Kulisch 2013, "Computer
 * Arithmetic and Validity", chapter 8). It has only the digits that occur, some five for numbers of like size; {@link #value} rounds
 * once.
 */
public final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int DIGIT = 32;
    private static final long MASK = (1L << DIGIT) - 1;
    private static final int LOWEST_EXPONENT = -1074;
    private static final int MANTISSA = 52;

    /** A digit takes 2^31 numbers below 2^32 before it overflows. */
    private static final int MOST_BEFORE_CARRY = 1 << 30;

    private static final int ROUNDED_BITS = 128;

    /** The place of {@code digits[0]}, which counts 2^(32·first − 1074). */
    private int first;

    private long[] digits = {};
    private int additions;

    /** Adds a finite number. */
    public void add(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> MANTISSA) & 0x7FF;
        long mantissa = bits & ((1L << MANTISSA) - 1);
        if (exponent > 0) {
            mantissa |= 1L << MANTISSA;
            exponent--;
        }

        if (mantissa == 0) {
            return;
        }

        int offset = exponent % DIGIT;
        int at = place(exponent / DIGIT, 3);
        long sign = bits < 0 ? -1 : 1;
        digits[at] += sign * (mantissa << offset & MASK);
        digits[at + 1] += sign * (mantissa >>> (DIGIT - offset) & MASK);
        digits[at + 2] += offset == 0 ? 0 : sign * (mantissa >>> (2 * DIGIT - offset));
        count(1);
    }

    /** Adds the other sum, or takes it off when the sign is −1. */
    public void accumulate(ExactSum other, int sign) {
        if (other.digits.length == 0) {
            return;
        }

        int at = place(other.first, other.digits.length);
        for (int i = 0; i < other.digits.length; i++) {
            digits[at + i] += sign * other.digits[i];
        }

        count(other.additions);
    }

    private void count(int more) {
        additions += more;
        if (additions >= MOST_BEFORE_CARRY) {
            carry();
        }
    }

    /** Leaves digits in [0, 2^32), but for the last one, which has the sign. */
    private void carry() {
        place(first, digits.length + 1);
        for (int i = 0; i + 1 < digits.length; i++) {
            digits[i + 1] += digits[i] >> DIGIT;
            digits[i] &= MASK;
        }

        additions = 1;
    }

    /** Where digits of these places are, after room was made for them. */
    private int place(int from, int count) {
        if (digits.length == 0) {
            first = from;
            digits = new long[count];
        } else if (from < first || from + count > first + digits.length) {
            int lowest = Math.min(first, from);
            long[] wider = new long[Math.max(first + digits.length, from + count) - lowest];
            System.arraycopy(digits, 0, wider, first - lowest, digits.length);
            digits = wider;
            first = lowest;
        }

        return from - first;
    }

    /** The double next to the sum. */
    public double value() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
            sum = sum.shiftLeft(DIGIT).add(BigInteger.valueOf(digits[i]));
        }

        // What is cut off is below any rounding, and keeps the rest from being beyond a double before it is scaled.
        int cut = Math.max(0, sum.bitLength() - ROUNDED_BITS);
        return Math.scalb(sum.shiftRight(cut).doubleValue(), first * DIGIT + LOWEST_EXPONENT + cut);
    }

    ExactSum copy() {
        ExactSum copy = new ExactSum();
        copy.first = first;
        copy.digits = Arrays.copyOf(digits, digits.length);
        copy.additions = additions;
        return copy;
    }
}
