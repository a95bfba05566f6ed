package dev.tapetum.stats;

/**
 * The ranks of one group's scores among those of all, where most scores are zero and none is below: enough for the area under the
 * curve of telling the group from the others by the score. Sums of ranks merge by addition, in whole numbers, so that the area does
 * not depend on who counted what.
 *
 * <p>Ranks count from 1 at the smallest; equal scores share the mean of their ranks. Zeros come first, so that of N scores with A
 * above zero each of the Z = N − A zeros has the rank (Z + 1)/2, and a positive score Z plus its rank among the positive ones. With
 * R the group's sum of ranks, {@code AUROC = (R − n(n + 1)/2) / (n (N − n))}: the probability that a score of the group exceeds one
 * of the others, ties counted half (Mann and Whitney 1947; Hanley and McNeil, Radiology 143, 1982).
 *
 * @param n scores of the group
 * @param positive how many of them are above zero
 * @param doubledRanks twice the sum of the ranks of those among all positive scores, so that halves are whole
 */
public record SparseRanks(long n, long positive, long doubledRanks) {

    public SparseRanks {
        if (positive < 0 || positive > n || doubledRanks < positive * (positive + 1)) {
            throw new IllegalArgumentException(
                    positive + " positive scores of " + n + ", whose doubled ranks sum up to " + doubledRanks);
        }
    }

    /** Of two parts of a group. */
    public SparseRanks plus(SparseRanks other) {
        return new SparseRanks(n + other.n, positive + other.positive, doubledRanks + other.doubledRanks);
    }

    /**
     * The area under the curve; NaN when the group is empty, or is everything.
     *
     * @param all number of all scores, the group's among them
     * @param allPositive how many of these are above zero
     */
    public double auroc(long all, long allPositive) {
        if (n == 0 || n == all) {
            return Double.NaN;
        }

        long zeros = all - allPositive;
        double doubled = (double) (n - positive) * (zeros + 1) + 2.0 * positive * zeros + doubledRanks;
        return (doubled - (double) n * (n + 1)) / 2 / ((double) n * (all - n));
    }
}
