package dev.tapetum.stats;

import java.util.Arrays;
import java.util.List;

/**
 * How far each of several groups is from the best of them: the parameter of multiple comparisons with the best (Hsu 1984, "Constrained
 * simultaneous confidence intervals for multiple comparisons with the best", Annals of Statistics 12; Hsu 1996, "Multiple Comparisons: Theory
 * and Methods", chapter 4), on bootstrap replicates in place of normal theory.
 *
 * <p>Let v<sub>i</sub> be the estimates, larger better, of θ<sub>i</sub>, and d<sub>i</sub> = v<sub>i</sub> − θ<sub>i</sub>, whose joint
 * distribution the centred replicates stand for. The deficit of group i is δ<sub>i</sub> = max<sub>j</sub> θ<sub>j</sub> − θ<sub>i</sub> ≥ 0,
 * its estimate T<sub>i</sub> = max<sub>j</sub> v<sub>j</sub> − v<sub>i</sub>. That the best was picked because it looked best makes T<sub>i</sub>
 * too large, and a comparison with it as if it had been named beforehand would find differences among equals. But
 *
 * <ul>
 *   <li>for all j, θ<sub>j</sub> − θ<sub>i</sub> ≥ v<sub>j</sub> − v<sub>i</sub> − D<sub>i</sub> with D<sub>i</sub> = max<sub>j</sub> d<sub>j</sub> −
 *       d<sub>i</sub>, so δ<sub>i</sub> ≥ T<sub>i</sub> − D<sub>i</sub>;
 *   <li>likewise δ<sub>i</sub> ≤ T<sub>i</sub> + D′<sub>i</sub> with D′<sub>i</sub> = d<sub>i</sub> − min<sub>j</sub> d<sub>j</sub>.
 * </ul>
 *
 * <p>With the 1 − α/2 quantiles of D<sub>i</sub> and D′<sub>i</sub> the interval [max(0, T<sub>i</sub> − c), T<sub>i</sub> + c′] covers δ<sub>i</sub>
 * in at least 1 − α. If i is among the best, T<sub>i</sub> ≤ D<sub>i</sub>, so that (1 + #{D<sub>i</sub> ≥ T<sub>i</sub>})/(1 + K) is a p-value of "no
 * group is better than i", and where fewer than {@value BootstrapDistribution#FEW} of the D<sub>i</sub> are, Σ<sub>j</sub> P(d<sub>j</sub> −
 * d<sub>i</sub> ≥ T<sub>i</sub>) by Student's t ({@link BootstrapDistribution}) if that is less; it is exact up to the resampling when all are equal and conservative otherwise. The number of groups is paid for by the
 * maximum; that all groups are tested is paid for by the correction over tests, as it is for gaps against the others. Hsu's intervals hold
 * for all groups at once; these hold for each, as those of all other gaps do.
 *
 * <ul>
 *   <li>Replicates in which the group is undefined are left out, when more than one in ten is there is neither interval nor p-value; in which
 *       another one is, that one is.
 *   <li>A group with no replicates of its own has neither.
 * </ul>
 */
public final class ComparisonWithBest {
    private static final double FEWEST_DEFINED = 0.9;

    private final double confidence;
    private final int sign;
    private final List<BootstrapDistribution> groups;
    private final double[] values;
    private final double[][] deviations;
    private final double[] highest;
    private final double[] lowest;
    private final int best;

    /**
     * Compares groups.
     *
     * @param groups at least one, each with a value; the replicates of all were drawn with the same weights, or independently
     */
    public ComparisonWithBest(List<BootstrapDistribution> groups, boolean higherIsBetter, double confidence) {
        this.confidence = confidence;
        this.groups = List.copyOf(groups);
        this.sign = higherIsBetter ? 1 : -1;
        this.values = groups.stream().mapToDouble(group -> sign * group.value()).toArray();
        this.deviations =
                groups.stream().map(group -> group.deviations(confidence)).toArray(double[][]::new);
        int replicates = Arrays.stream(deviations).mapToInt(d -> d.length).max().orElse(0);
        this.highest = new double[replicates];
        this.lowest = new double[replicates];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (double[] group : deviations) {
            for (int r = 0; r < group.length; r++) {
                group[r] *= sign;
                if (!Double.isNaN(group[r])) {
                    highest[r] = Math.max(highest[r], group[r]);
                    lowest[r] = Math.min(lowest[r], group[r]);
                }
            }
        }

        int first = 0;
        for (int i = 1; i < values.length; i++) {
            first = values[i] > values[first] ? i : first;
        }

        this.best = first;
    }

    /** The place of the best group, the first of those that are equally good. */
    public int best() {
        return best;
    }

    /** The p-value of "no group is better than this one", never zero; NaN where there is none. */
    public double pValue(int group) {
        double[] distances = distances(group, highest, 1);
        if (distances.length == 0) {
            return Double.NaN;
        }

        double threshold = deficit(group) * (1 - 1e-12);
        int beyond = (int) Arrays.stream(distances).filter(d -> d >= threshold).count();
        return beyond < BootstrapDistribution.FEW
                ? BootstrapDistribution.continued(beyond, distances.length, tail(group))
                : (1.0 + beyond) / (1.0 + distances.length);
    }

    /** At most how probable it is that the lead of any other one deviates by the deficit. */
    private double tail(int group) {
        double sum = 0;
        for (int other = 0; other < values.length; other++) {
            if (other != group && deviations[other].length > 0) {
                sum += groups.get(other).minus(groups.get(group)).tail(sign * deficit(group));
            }
        }

        return sum;
    }

    /** The interval of the group's value less that of the best: at most 0 where higher is better, else at least 0. */
    public Interval interval(int group) {
        double[] above = distances(group, highest, 1);
        double[] below = distances(group, lowest, -1);
        if (above.length == 0) {
            return Interval.NONE;
        }

        Arrays.sort(above);
        Arrays.sort(below);
        double level = 1 - (1 - confidence) / 2;
        double least = Math.max(0, deficit(group) - Quantiles.of(above, level));
        double most = deficit(group) + Quantiles.of(below, level);
        // 0 − x, not −x, which would be −0 for 0.
        return sign > 0
                ? new Interval(0 - most, 0 - least, IntervalMethod.BEST)
                : new Interval(least, most, IntervalMethod.BEST);
    }

    private double deficit(int group) {
        return BootstrapDistribution.difference(values[best], values[group]);
    }

    private double[] distances(int group, double[] extreme, int direction) {
        double[] own = deviations[group];
        double[] distances = new double[own.length];
        int defined = 0;
        for (int r = 0; r < own.length; r++) {
            if (!Double.isNaN(own[r])) {
                distances[defined++] = direction * (extreme[r] - own[r]);
            }
        }

        return defined < FEWEST_DEFINED * own.length ? new double[0] : Arrays.copyOf(distances, defined);
    }
}
