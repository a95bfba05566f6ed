package dev.tapetum.stats;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Fisher's exact test that two groups have the same rate, two-sided by doubling the smaller tail (Fisher 1935; doubling
 * as in Yates 1984), or one-sided.
 *
 * <p>It is the permutation test of the group labels with every permutation counted: what (1+#)/(1+K) tends to as K
 * grows, without its coarseness. A p-value that cannot fall below 1/2001 is lost in any family of a hundred tests; this
 * one can, and stays valid when one group has no success at all. It is never zero: it is at least
 * {@link Double#MIN_NORMAL}.
 *
 * <ul>
 *   <li>A group without trials gives NaN.
 *   <li>Cost: one tail is summed term by term until terms no longer count, some multiple of the standard deviation of
 *       the table; 10 million images take under a millisecond.
 *   <li>Conservative: P(p ≤ α) ≤ α, strictly less for small tables.
 * </ul>
 */
public final class FisherExact {
    private static final double NEGLIGIBLE = 1e-17;

    private FisherExact() {}

    /** The p-value of the table (successes of trials) against (otherSuccesses of otherTrials). */
    public static double pValue(long successes, long trials, long otherSuccesses, long otherTrials) {
        if (trials <= 0 || otherTrials <= 0) {
            return Double.NaN;
        }

        // Counted from whichever group is on the high side, so that it is always the upper tail that is summed.
        boolean high = successes * (double) otherTrials >= otherSuccesses * (double) trials;
        double tail = high
                ? upperTail(successes, trials, otherSuccesses, otherTrials)
                : upperTail(otherSuccesses, otherTrials, successes, trials);
        return Math.max(Double.MIN_NORMAL, Math.min(1, 2 * tail));
    }

    /** The one-sided p-value of the first group having no higher rate than the other. */
    public static double pValueOfMore(long successes, long trials, long otherSuccesses, long otherTrials) {
        if (trials <= 0 || otherTrials <= 0) {
            return Double.NaN;
        }

        return Math.max(Double.MIN_NORMAL, Math.min(1, upperTail(successes, trials, otherSuccesses, otherTrials)));
    }

    private static double upperTail(long successes, long trials, long otherSuccesses, long otherTrials) {
        long allSuccesses = successes + otherSuccesses;
        long most = Math.min(allSuccesses, trials);
        double sum = 1;
        double term = 1;
        for (long x = successes; x < most && term > NEGLIGIBLE * sum; x++) {
            term *= (double) (allSuccesses - x) / (x + 1) * (trials - x) / (otherTrials - allSuccesses + x + 1);
            sum += term;
        }

        double logProbability = logChoose(trials, successes)
                + logChoose(otherTrials, otherSuccesses)
                - logChoose(trials + otherTrials, allSuccesses);
        return Math.exp(logProbability) * sum;
    }

    private static double logChoose(long n, long k) {
        return LogGamma.value(n + 1.0) - LogGamma.value(k + 1.0) - LogGamma.value(n - k + 1.0);
    }
}
