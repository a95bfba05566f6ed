package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.ContingencyBootstrap;
import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.Proportion;
import dev.tapetum.stats.ScoreInterval;
import dev.tapetum.stats.StatisticsSettings;
import org.jspecify.annotations.Nullable;

/**
 * Rates of clustered images, by the Poisson bootstrap of clusters.
 *
 * <p>With successes or failures in fewer than five clusters the replicates know too little. Then every cluster counts as one trial with the
 * group's rate, as if its images were copies of each other: the interval is the score interval and the test Fisher's of those, which is
 * cautious. Of clusters of unequally many trials there are as many as those of equally many that would tell as much.
 */
record ClusteredRateEstimator(Rate rate, StatisticsSettings settings) implements GapEstimator {
    @Override
    public long n(GroupState state) {
        return state.tallies().trials(rate);
    }

    @Override
    public long units(GroupState state) {
        return state.units(rate);
    }

    @Override
    public double effectiveUnits(GroupState state) {
        return state.effectiveUnits(rate);
    }

    @Override
    public double value(GroupState state) {
        return n(state) == 0 ? Double.NaN : (double) state.tallies().successes(rate) / n(state);
    }

    @Override
    public Interval interval(GroupState state, String name) {
        BootstrapDistribution distribution = state.tallies().distribution(rate, effectiveUnits(state));
        if (distribution == null) {
            return Interval.NONE;
        }

        return few(state)
                ? ScoreInterval.wilson(perCluster(state), settings.confidence())
                : distribution.percentile(settings.confidence()).clip(0, 1);
    }

    @Override
    public Interval interval(GroupState group, GroupState reference, String name) {
        BootstrapDistribution first = group.tallies().distribution(rate, effectiveUnits(group));
        BootstrapDistribution second = reference.tallies().distribution(rate, effectiveUnits(reference));
        if (first == null || second == null) {
            return Interval.NONE;
        }

        return few(group) || few(reference)
                ? ScoreInterval.newcombe(perCluster(group), perCluster(reference), settings.confidence())
                : first.minus(second).percentile(settings.confidence()).clip(-1, 1);
    }

    @Override
    public double pValue(GroupState group, GroupState reference) {
        BootstrapDistribution first = group.tallies().distribution(rate, effectiveUnits(group));
        BootstrapDistribution second = reference.tallies().distribution(rate, effectiveUnits(reference));
        if (first == null || second == null) {
            return Double.NaN;
        }

        return few(group) || few(reference)
                ? FisherExact.pValue(
                        Math.round(perCluster(group).successes()),
                        Math.round(effectiveUnits(group)),
                        Math.round(perCluster(reference).successes()),
                        Math.round(effectiveUnits(reference)))
                : first.minus(second).pValue(settings.confidence());
    }

    @Override
    public double deviation(GroupState whole) {
        double binomial = RateEstimator.binomialDeviation(whole.tallies().successes(rate), n(whole));
        BootstrapDistribution distribution = whole.tallies().distribution(rate, effectiveUnits(whole));
        return distribution == null
                ? Double.NaN
                : Math.max(binomial, distribution.standardError() * Math.sqrt((double) n(whole)));
    }

    @Override
    public @Nullable BootstrapDistribution distribution(GroupState state, String name) {
        BootstrapDistribution distribution = state.tallies().distribution(rate, effectiveUnits(state));
        return distribution != null && few(state) && units(state) > 0
                ? new ContingencyBootstrap(settings).rate(perCluster(state), name)
                : distribution;
    }

    /** The group's rate as if every cluster were one trial. */
    private Proportion perCluster(GroupState state) {
        return new Proportion(state.tallies().successes(rate), n(state)).outOf(effectiveUnits(state));
    }

    private boolean few(GroupState state) {
        Tallies tallies = state.tallies();
        return Math.min(tallies.buckets(rate.successes()), tallies.buckets(rate.failures())) < RateEstimator.FEW;
    }
}
