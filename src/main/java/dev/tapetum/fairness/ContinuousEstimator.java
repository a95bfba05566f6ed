package dev.tapetum.fairness;

import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.CalibrationBins;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;

/** Means, spreads and calibration errors, by the Poisson bootstrap. */
record ContinuousEstimator(Metric metric, StatisticsSettings settings) implements Estimator {
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
                : state.units(n(state));
    }

    @Override
    public double effectiveUnits(GroupState state) {
        return metric instanceof SummaryMoment moment
                ? state.ofSummary(moment.summary()).effectiveUnits()
                : units(state);
    }

    @Override
    public double value(GroupState state) {
        return distribution(state).value();
    }

    @Override
    public Interval interval(GroupState state, String name) {
        return interval(distribution(state), 0);
    }

    @Override
    public Interval interval(GroupState group, GroupState others, String name) {
        return interval(distribution(group).minus(distribution(others)), -1);
    }

    private Interval interval(BootstrapDistribution distribution, double lowestError) {
        return metric instanceof CalibrationError
                ? distribution.basic(settings.confidence()).clip(lowestError, 1)
                : distribution.percentile(settings.confidence());
    }

    @Override
    public double pValue(GroupState group, GroupState others) {
        return distribution(group).minus(distribution(others)).pValue(settings.confidence());
    }

    @Override
    public double deviation(GroupState whole) {
        return distribution(whole).standardError() * Math.sqrt((double) n(whole));
    }

    private BootstrapDistribution distribution(GroupState state) {
        if (metric instanceof SummaryMoment moment) {
            SummaryState summary = state.ofSummary(moment.summary());
            return moment.moment() == SummaryMoment.Moment.MEAN ? summary.mean() : summary.spread();
        }

        long units = units(state);
        CalibrationBins bins = state.calibration();
        return metric instanceof CalibrationError error && error.debiased()
                ? bins.debiased(units)
                : bins.expected(units);
    }
}
