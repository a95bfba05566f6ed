package dev.tapetum.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Intervals of extremes over groups, from bounds that hold for all groups at once.
 *
 * <p>Let v<sub>i</sub> = θ<sub>i</sub> + d<sub>i</sub> be the estimates of the groups, and let the centred replicates stand for the joint
 * distribution of the d<sub>i</sub>. A bootstrap of an extreme T = f(v) fails where several groups are equally extreme, since there f is not smooth:
 * in simulations of four equal groups the percentile interval of max − min covers the true 0 in none of the runs, the basic one in 85%. But f
 * moves by no more than its argument does: |f(v) − f(θ)| ≤ g(d), with g(d) the largest |d<sub>i</sub> − d<sub>j</sub>| for a range. So T ± c with
 * c the 1 − α quantile of g(d) covers f(θ) in at least 1 − α, up to the resampling; the price is that it is too long where one group is far from
 * all others, by a quarter for four groups. The principle is that of Tukey's simultaneous intervals of all differences (Miller 1981,
 * "Simultaneous Statistical Inference", section 2.1).
 *
 * <ul>
 *   <li>{@link #range}: the largest of the ranges of several families of groups.
 *   <li>{@link #ratio}: the smallest over the largest of positive values, as a range of logarithms of v + 1/(2(u + 1)), u the group's units, so that a
 *       rate of zero has one.
 *   <li>{@link Smallest}: of rates, scaled, since cells of few images would widen the bounds of all. With c the 1 − α quantile of max
 *       |d<sub>i</sub>|/s<sub>i</sub>, s the standard errors, every rate lies within its score interval (Wilson) at the level of c standard errors, and
 *       so the smallest lies between the smallest of the lower and the smallest of the upper ends. The trials of a score interval are as many
 *       as explain the standard error, v(1 − v)/s².
 *   <li>No groups, or one without replicates: no interval. Replicates in which any group is undefined are left out; when more than one in ten is, there
 *       is no interval.
 * </ul>
 */
public final class SimultaneousBounds {
    private static final double FEWEST_DEFINED = 0.9;

    private SimultaneousBounds() {}

    /** The interval of max over families of (max − min), which is at least 0. */
    public static Interval range(List<List<BootstrapDistribution>> families, double confidence) {
        double value =
                families.stream().mapToDouble(SimultaneousBounds::range).max().orElse(Double.NaN);
        double slack = slack(families, confidence);
        return Double.isNaN(slack)
                ? Interval.NONE
                : new Interval(Math.max(0, value - slack), value + slack, IntervalMethod.SIMULTANEOUS);
    }

    /** The interval of min / max, which is at most 1; NONE where the largest is 0. */
    public static Interval ratio(List<BootstrapDistribution> groups, double confidence) {
        double lowest = lowest(groups);
        double highest = lowest + range(groups);
        if (!(highest > 0)) {
            return Interval.NONE;
        }

        List<BootstrapDistribution> logarithms =
                groups.stream().map(BootstrapDistribution::logarithm).toList();
        double value = -range(logarithms);
        double slack = slack(List.of(logarithms), confidence);
        return Double.isNaN(slack)
                ? Interval.NONE
                : new Interval(
                        Math.min(lowest / highest, Math.exp(value - slack)),
                        Math.min(1, Math.max(lowest / highest, Math.exp(value + slack))),
                        IntervalMethod.SIMULTANEOUS);
    }

    private static double lowest(List<BootstrapDistribution> groups) {
        return groups.stream().mapToDouble(BootstrapDistribution::value).min().orElse(Double.NaN);
    }

    private static double range(List<BootstrapDistribution> groups) {
        double highest =
                groups.stream().mapToDouble(BootstrapDistribution::value).max().orElse(Double.NaN);
        return highest - lowest(groups);
    }

    private static double slack(List<List<BootstrapDistribution>> families, double confidence) {
        double[] widest = new double[0];
        for (List<BootstrapDistribution> groups : families) {
            if (groups.isEmpty()) {
                return Double.NaN;
            }

            double[] highest = new double[0];
            double[] lowest = new double[0];
            for (BootstrapDistribution group : groups) {
                double[] deviations = group.deviations(confidence);
                if (deviations.length == 0) {
                    return Double.NaN;
                }

                highest = larger(highest, deviations);
                lowest = larger(lowest, negative(deviations));
            }

            double[] range = highest.clone();
            for (int r = 0; r < range.length; r++) {
                range[r] += lowest[r];
            }

            widest = larger(widest, range);
        }

        return quantile(widest, confidence);
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    /** The larger of each two, NaN if one is; the second where there is no first. */
    private static double[] larger(double[] first, double[] second) {
        double[] larger = second.clone();
        for (int r = 0; r < first.length; r++) {
            larger[r] = Math.max(first[r], second[r]);
        }

        return larger;
    }

    private static double quantile(double[] replicates, double level) {
        double[] defined =
                Arrays.stream(replicates).filter(r -> !Double.isNaN(r)).sorted().toArray();
        return defined.length == 0 || defined.length < FEWEST_DEFINED * replicates.length
                ? Double.NaN
                : Quantiles.of(defined, level);
    }

    /** Collects rates one by one, since all at once may be many, for the interval of the smallest. */
    public static final class Smallest {
        private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

        private final double confidence;
        private final List<Proportion> cells = new ArrayList<>();
        private double[] widest = new double[0];
        private boolean undefined;

        /** Without cells. */
        public Smallest(double confidence) {
            this.confidence = confidence;
        }

        /** Adds the rate of a cell. */
        public void add(BootstrapDistribution cell) {
            double[] deviations = cell.deviations(confidence);
            double error = cell.standardError();
            if (deviations.length == 0 || !(error > 0)) {
                undefined = true;
                return;
            }

            double trials = cell.centre() * (1 - cell.centre()) / (error * error);
            cells.add(new Proportion(cell.value() * trials, trials));
            widest = larger(
                    widest,
                    Arrays.stream(deviations).map(d -> Math.abs(d) / error).toArray());
        }

        /** The interval of the smallest rate. */
        public Interval interval() {
            double c = undefined ? Double.NaN : quantile(widest, confidence);
            if (Double.isNaN(c)) {
                return Interval.NONE;
            }

            double level = 1 - 2 * NORMAL.survivalProbability(c);
            double low = 1;
            double high = 1;
            for (Proportion cell : cells) {
                Interval bounds = ScoreInterval.wilson(cell, level);
                low = Math.min(low, bounds.low());
                high = Math.min(high, bounds.high());
            }

            return new Interval(low, high, IntervalMethod.SIMULTANEOUS);
        }
    }
}
