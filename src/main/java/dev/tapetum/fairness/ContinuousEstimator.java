package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.CalibrationBins;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.StatisticsSettings;

/** Means, spreads, calibration errors and overconfidence, by the Poisson bootstrap. */
record ContinuousEstimator(Metric metric, StatisticsSettings settings) implements GapEstimator {
    /** Calibration is of the labelled images, as accuracy is. */
    private static final Rate LABELLED = Rate.accuracy();

    @Override
    public long n(GroupState state) {
        return metric instanceof SummaryMoment moment
                ? state.ofSummary(moment.summary()).n()
                : state.calibration().n();
    }

    @Override
    public long units(GroupState state) {
        return metric instanceof SummaryMoment moment
                ? state.ofSummary(moment.summary()).units()
                : Math.min(n(state), state.units(LABELLED));
    }

    @Override
    public double effectiveUnits(GroupState state) {
        return metric instanceof SummaryMoment moment
                ? state.ofSummary(moment.summary()).effectiveUnits()
                : Math.min(n(state), state.effectiveUnits(LABELLED));
    }

    @Override
    public double value(GroupState state) {
        return distribution(state).value();
    }

    @Override
    public Interval interval(GroupState state, String name) {
        return isDebiased()
                ? state.calibration().debiasedInterval(effectiveUnits(state), settings.confidence())
                : interval(distribution(state), 0);
    }

    @Override
    public Interval interval(GroupState group, GroupState reference, String name) {
        return isDebiased()
                ? Interval.ofDifference(
                                value(group),
                                interval(group, name),
                                value(reference),
                                interval(reference, name),
                                IntervalMethod.POISSON_STUDENT)
                        .clip(-1, 1)
                : interval(distribution(group).minus(distribution(reference)), -1);
    }

    private boolean isDebiased() {
        return metric instanceof CalibrationError error && error.debiased();
    }

    private Interval interval(BootstrapDistribution distribution, double lowestError) {
        return metric instanceof CalibrationError
                ? distribution.basic(settings.confidence()).clip(lowestError, 1)
                : distribution.percentile(settings.confidence());
    }

    @Override
    public double pValue(GroupState group, GroupState reference) {
        return distribution(group).minus(distribution(reference)).pValue(settings.confidence());
    }

    @Override
    public double deviation(GroupState whole) {
        return distribution(whole).standardError() * Math.sqrt((double) n(whole));
    }

    @Override
    public BootstrapDistribution distribution(GroupState state, String name) {
        return distribution(state);
    }

    private BootstrapDistribution distribution(GroupState state) {
        if (metric instanceof SummaryMoment moment) {
            SummaryState summary = state.ofSummary(moment.summary());
            return moment.moment() == SummaryMoment.Moment.MEAN ? summary.mean() : summary.spread();
        }

        double units = effectiveUnits(state);
        CalibrationBins bins = state.calibration();
        if (metric instanceof Overconfidence) {
            return bins.overconfidence(units);
        }

        return isDebiased() ? bins.debiased(units) : bins.expected(units);
    }
}
