package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.ContingencyBootstrap;
import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.Proportion;
import dev.tapetum.stats.ScoreInterval;
import dev.tapetum.stats.StatisticsSettings;

/**
 * Rates of independent images, by the contingency bootstrap.
 *
 * <p>With fewer than {@link #FEW} successes or failures a bootstrap knows too little of what it did not see (with none,
 * it claims certainty): then the interval is a score interval, and says so. The test is Fisher's in every case.
 */
record RateEstimator(Rate rate, StatisticsSettings settings) implements GapEstimator {
    /** The rule of thumb for normal and bootstrap intervals of a rate: five of each kind. */
    static final int FEW = 5;

    @Override
    public long n(GroupState state) {
        return state.tallies().trials(rate);
    }

    @Override
    public long units(GroupState state) {
        return state.units(rate);
    }

    @Override
    public double value(GroupState state) {
        return n(state) == 0 ? Double.NaN : (double) state.tallies().successes(rate) / n(state);
    }

    @Override
    public Interval interval(GroupState state, String name) {
        long trials = n(state);
        long successes = state.tallies().successes(rate);
        if (few(successes, trials)) {
            return ScoreInterval.wilson(new Proportion(successes, trials), settings.confidence());
        }

        long[] cells = {successes, trials - successes, state.tallies().images() - trials};
        return new ContingencyBootstrap(settings).interval(cells, c -> share(c[0], c[1]), name);
    }

    @Override
    public Interval interval(GroupState group, GroupState reference, String name) {
        long trials = n(group);
        long successes = group.tallies().successes(rate);
        long otherTrials = n(reference);
        long otherSuccesses = reference.tallies().successes(rate);
        if (few(successes, trials) || few(otherSuccesses, otherTrials)) {
            return ScoreInterval.newcombe(
                    new Proportion(successes, trials),
                    new Proportion(otherSuccesses, otherTrials),
                    settings.confidence());
        }

        long outside = group.tallies().images() + reference.tallies().images() - trials - otherTrials;
        long[] cells = {successes, trials - successes, otherSuccesses, otherTrials - otherSuccesses, outside};
        return new ContingencyBootstrap(settings).interval(cells, c -> share(c[0], c[1]) - share(c[2], c[3]), name);
    }

    @Override
    public BootstrapDistribution distribution(GroupState state, String name) {
        return new ContingencyBootstrap(settings)
                .rate(new Proportion(state.tallies().successes(rate), n(state)), name);
    }

    static boolean few(long successes, long trials) {
        return Math.min(successes, trials - successes) < FEW;
    }

    private static double share(long successes, long failures) {
        return (double) successes / (successes + failures);
    }

    @Override
    public double pValue(GroupState group, GroupState reference) {
        return FisherExact.pValue(
                group.tallies().successes(rate), n(group), reference.tallies().successes(rate), n(reference));
    }

    @Override
    public double deviation(GroupState whole) {
        return binomialDeviation(whole.tallies().successes(rate), n(whole));
    }

    /** √p(1−p) with half a success and half a failure added, so that no table claims to be certain. */
    static double binomialDeviation(long successes, long trials) {
        double p = (successes + 0.5) / (trials + 1);
        return Math.sqrt(p * (1 - p));
    }
}
