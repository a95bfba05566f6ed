package dev.tapetum.stats;

import java.util.Arrays;

/**
 * Whether the numbers of one sample tend to be larger than those of another (Mann and Whitney, "On a test of whether one of two
 * random variables is stochastically larger than the other", Annals of Mathematical Statistics 18, 1947).
 *
 * <p>{@code U} counts the pairs in which the first sample's number is the larger one, ties half; over all pairs it is the area under the curve.
 */
public final class MannWhitney {
    private MannWhitney() {}

    /** The pairs in which the first sample's number is the larger one, ties half. */
    public static double u(double[] first, double[] second) {
        double[] ascending = second.clone();
        Arrays.sort(ascending);
        double u = 0;
        for (double x : first) {
            u += (below(ascending, x, false) + below(ascending, x, true)) / 2.0;
        }

        return u;
    }

    /** How many of the numbers are less than x, or also those that equal it. */
    private static int below(double[] ascending, double x, boolean orEqual) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < x || (orEqual && ascending[middle] == x)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }

        return low;
    }
}
