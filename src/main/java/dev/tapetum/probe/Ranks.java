package dev.tapetum.probe;

/** Ranks of values, as rank correlations and areas under curves need them. */
public final class Ranks {

    private Ranks() {}

    /** The rank of each value, from 1 at the smallest, ties sharing their mean; by one sort of numbers. */
    public static double[] of(float[] values) {
        PixelRanking descending = PixelRanking.descending(values);
        double[] ranks = new double[values.length];
        int first = 0;
        while (first < ranks.length) {
            int end = first + 1;
            while (end < ranks.length && values[descending.pixel(end)] == values[descending.pixel(first)]) {
                end++;
            }

            for (int rank = first; rank < end; rank++) {
                ranks[descending.pixel(rank)] = ranks.length - (first + end - 1) / 2.0;
            }

            first = end;
        }

        return ranks;
    }
}
