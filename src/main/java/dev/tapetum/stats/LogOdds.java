package dev.tapetum.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The log of the ratio of two groups' odds, {@code ln (a/b) / (c/d)}, with a successes and b failures in the one and c and d in the
 * other. Half is added to each count, which takes most of the bias and keeps empty cells finite (Haldane 1956, Anscombe 1956); the
 * interval is Woolf's (1955) on the same counts, {@code ± z √(1/a + 1/b + 1/c + 1/d)}, as Gart recommends (JRSS B 28, 1966).
 *
 * <ul>
 *   <li>A group without trials gives odds of one, and an interval that says nothing.
 *   <li>Trials must be independent.
 * </ul>
 *
 * @param value 0 when the odds are equal, above when they are larger in the first group
 * @param deviation its standard error
 */
public record LogOdds(double value, double deviation) {

    private static final double CORRECTION = 0.5;

    /** Of (successes of trials) against (otherSuccesses of otherTrials). */
    public static LogOdds of(long successes, long trials, long otherSuccesses, long otherTrials) {
        if (successes < 0 || successes > trials || otherSuccesses < 0 || otherSuccesses > otherTrials) {
            throw new IllegalArgumentException(
                    successes + " of " + trials + " against " + otherSuccesses + " of " + otherTrials);
        }

        double a = successes + CORRECTION;
        double b = trials - successes + CORRECTION;
        double c = otherSuccesses + CORRECTION;
        double d = otherTrials - otherSuccesses + CORRECTION;
        return new LogOdds(Math.log(a / b) - Math.log(c / d), Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d));
    }

    /** The interval of the value. */
    public Interval interval(double confidence) {
        double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2) * deviation;
        return new Interval(value - half, value + half, IntervalMethod.WOOLF);
    }
}
