package dev.tapetum.sae;

import java.util.Arrays;

/** Numbers of one shape, row by row, as a file of tensors holds them. */
public sealed interface Tensor {

    /** Length along each axis. */
    long[] shape();

    /** Single precision. */
    record Floats(long[] shape, float[] values) implements Tensor {

        public Floats {
            requireSize(shape, values.length);
        }

        /** A row of numbers. */
        public static Floats of(float... values) {
            return new Floats(new long[] {values.length}, values);
        }
    }

    /** Whole numbers of 64 bits. */
    record Longs(long[] shape, long[] values) implements Tensor {

        public Longs {
            requireSize(shape, values.length);
        }

        /** A row of numbers. */
        public static Longs of(long... values) {
            return new Longs(new long[] {values.length}, values);
        }
    }

    private static void requireSize(long[] shape, int length) {
        long size = 1;
        for (long side : shape) {
            size = Math.multiplyExact(size, side);
        }

        if (size != length) {
            throw new IllegalArgumentException(length + " values do not fill the shape " + Arrays.toString(shape));
        }
    }
}
