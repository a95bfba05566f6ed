package dev.tapetum.fairness;

import dev.tapetum.fairness.Rate.Term;
import dev.tapetum.stats.BootstrapDistribution;
import dev.tapetum.stats.ContingencyBootstrap;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of counts: of independent images by the contingency bootstrap of the cells that they need, of clustered ones by the
 * replicates of those cells. The inequality of correctness falls as accuracy rises, so its interval is that of accuracy, with the ends
 * exchanged.
 *
 * <p>A table without any errors says nothing of its own uncertainty: there is no interval then, except for the inequality of correctness.
 */
record CountEstimator(CountStatistic statistic, StatisticsSettings settings, boolean clustered) implements Estimator {
    @Override
    public long n(GroupState state) {
        return state.tallies().count(Tallies.LABELLED);
    }

    @Override
    public long units(GroupState state) {
        return state.units(Rate.accuracy());
    }

    @Override
    public double value(GroupState state) {
        return value(counts(state));
    }

    private double value(long[] cells, double[] labelShares) {
        return statistic.value(Arrays.stream(cells).asDoubleStream().toArray(), labelShares);
    }

    private double value(Counts counts) {
        return value(counts.cells, counts.labelShares);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Counts(long[] cells, double[] labelShares) {}

    private Counts counts(GroupState state) {
        Tallies tallies = state.tallies();
        double labelled = n(state);
        return new Counts(
                statistic.cells().stream().mapToLong(tallies::total).toArray(),
                statistic.classes().stream()
                        .mapToDouble(index -> tallies.count(Tallies.label(index)) / labelled)
                        .toArray());
    }

    @Override
    public Interval interval(GroupState state, String name) {
        if (statistic.isOfAccuracy()) {
            return ofAccuracy(Estimator.of(Rate.accuracy(), settings, clustered).interval(state, name));
        }

        Counts counts = counts(state);
        double[][] replicates = clustered ? replicates(state) : null;
        if (!clustered) {
            return new ContingencyBootstrap(settings)
                    .interval(counts.cells, drawn -> value(drawn, counts.labelShares), name);
        }

        return replicates == null ? Interval.NONE : clustered(state, counts, replicates);
    }

    /** Of accuracies down to 0 the index has no upper end. */
    private Interval ofAccuracy(Interval accuracy) {
        return accuracy.low() > 0
                ? new Interval(
                        statistic.ofAccuracy(accuracy.high()), statistic.ofAccuracy(accuracy.low()), accuracy.method())
                : Interval.NONE;
    }

    private double @Nullable [][] replicates(GroupState state) {
        List<List<Term>> cells = statistic.cells();
        double[][] replicates = new double[cells.size()][];
        for (int i = 0; i < replicates.length; i++) {
            double[] ofCell = state.tallies().replicates(cells.get(i));
            if (ofCell == null) {
                return null;
            }

            replicates[i] = ofCell;
        }

        return replicates;
    }

    private Interval clustered(GroupState state, Counts counts, double[][] replicates) {
        double[] values = new double[replicates[0].length];
        double[] cells = new double[replicates.length];
        for (int r = 0; r < values.length; r++) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = replicates[i][r];
            }

            values[r] = statistic.value(cells, counts.labelShares);
        }

        if (Arrays.stream(values).distinct().count() < 2) {
            return Interval.NONE;
        }

        double value = value(counts);
        Interval interval = new BootstrapDistribution(value, value, values, state.effectiveUnits(Rate.accuracy()))
                .percentile(settings.confidence());
        boolean rate = statistic.kind() == CountStatistic.Kind.BALANCED_ACCURACY
                || statistic.kind() == CountStatistic.Kind.MACRO_FALSE_POSITIVE_RATE;
        return interval.clip(0, rate ? 1 : Double.POSITIVE_INFINITY);
    }
}
