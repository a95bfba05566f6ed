package dev.tapetum.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A statistic and its replicates, drawn with the same weights in every group, so that differences are taken replicate by
 * replicate and whatever two groups share (clusters) cancels.
 *
 * <p>A bootstrap of u units is too narrow by √((u−1)/u) and knows nothing of Student's t. Deviations from the centre are
 * therefore stretched by e = √(u/(u−1)) · t<sub>u−1</sub>(1−α/2)/z(1−α/2), the correction behind the expanded
 * percentile interval of Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69
 * (2015), section 5.4. At 30 units e = 1.06, at 1,000 it is 1.002.
 *
 * <p>A p-value is (1 + #)/(1 + K) with # the replicates at least as far from the centre as the value is from what is tested (Davison and
 * Hinkley 1997, section 4.4). Where fewer than {@link #FEW} of them are, the tail goes on from the standard error instead, by Student's t
 * with u − 1 degrees of freedom, never above what (1 + #)/(1 + K) says and never zero. The reason is resolution, not validity: (1 + #)/(1 +
 * K) ends at 1/(1 + K), and as there is no gap whose q-value among a hundred tests could then fall below 100/(1 + K), none would ever be
 * established, however large. That tail is only as good as the normality of the value, which fails first for skewed numbers of few units
 * against many; so it is the larger of P(t<sub>u−1</sub> ≥ T) and P(t<sub>u−1</sub> ≥ T + γT²/3 + γ²T³/27 + γ/6), T the distance in standard
 * errors and γ the skewness of the replicates, which is Hall's correction ("On the removal of skewness by transformation", JRSS B 54, 1992,
 * with γ/√n the skewness of the mean) where that makes it more cautious.
 *
 * <ul>
 *   <li>Replicates that are NaN (a group that drew no image) are left out; when more than one in ten is, or there are
 *       fewer than two units, or the value is NaN, there is neither interval nor p-value.
 *   <li>When all replicates are equal the interval has zero width only if the value is certain in that sense, for
 *       example a summary that is constant by construction. Rates must be treated before ({@link ScoreInterval}).
 * </ul>
 */
public final class BootstrapDistribution {
    private static final double FEWEST_DEFINED = 0.9;
    private static final double ROUNDING = 1e-12;

    /** Fewer replicates beyond a value do not tell how rare it is. */
    static final int FEW = 10;

    private final double value;
    private final double centre;
    private final double[] replicates;
    private final double units;

    /**
     * A distribution that owns the array.
     *
     * @param value the estimate, NaN where undefined
     * @param centre the true value in the world in which the replicates were drawn, where the data are the population;
     *     the estimate itself for plug-in estimators, and the plug-in value for estimators that correct a bias
     * @param replicates the statistic in each replicate, NaN where undefined
     * @param units how many independent units the value rests on
     */
    public BootstrapDistribution(double value, double centre, double[] replicates, double units) {
        this.value = value;
        this.centre = centre;
        this.replicates = replicates;
        this.units = units;
    }

    /** The estimate, NaN where undefined. */
    public double value() {
        return value;
    }

    /**
     * The deviations from the centre in every replicate, in order, stretched, NaN where undefined; none where there is neither
     * interval nor p-value. Of several statistics with the same weights, or of independent ones, an extreme is resampled by them.
     */
    double[] deviations(double confidence) {
        double[] defined = sortedDeviations();
        double[] deviations = new double[defined.length == 0 ? 0 : replicates.length];
        double stretch = defined.length == 0 ? 1 : stretch(confidence);
        Arrays.setAll(deviations, r -> stretch * (replicates[r] - centre));
        return deviations;
    }

    /** The true value in the world in which the replicates were drawn. */
    double centre() {
        return centre;
    }

    /** The logarithm of a rate on u units, of v + 1/(2(u + 1)), so that no successes have one. */
    BootstrapDistribution logarithm() {
        double half = 0.5 / (units + 1);
        double[] logarithms =
                Arrays.stream(replicates).map(v -> Math.log(v + half)).toArray();
        return new BootstrapDistribution(Math.log(value + half), Math.log(centre + half), logarithms, units);
    }

    /** This statistic less the other, replicate by replicate; it rests on the fewer units of the two. */
    public BootstrapDistribution minus(BootstrapDistribution other) {
        double[] differences = new double[replicates.length];
        for (int r = 0; r < differences.length; r++) {
            differences[r] = difference(replicates[r], other.replicates[r]);
        }

        return new BootstrapDistribution(
                difference(value, other.value),
                difference(centre, other.centre),
                differences,
                Math.min(units, other.units));
    }

    /**
     * a − b, but exactly zero where the two agree to twelve digits: a summary that is constant must not be found to
     * differ between groups because its sums were rounded differently.
     */
    public static double difference(double a, double b) {
        return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
    }

    /** The standard deviation of the replicates, corrected for the number of units; NaN where undefined. */
    public double standardError() {
        double[] deviations = sortedDeviations();
        if (deviations.length == 0) {
            return Double.NaN;
        }

        double mean = Arrays.stream(deviations).average().orElse(0);
        double squares = 0;
        for (double deviation : deviations) {
            squares += (deviation - mean) * (deviation - mean);
        }

        return Math.sqrt(squares / (deviations.length - 1) * units / (units - 1));
    }

    /** The percentile interval: right for means, where it follows the skewness of the data. */
    public Interval percentile(double confidence) {
        return interval(confidence, 1, IntervalMethod.POISSON_PERCENTILE);
    }

    /**
     * The basic interval, which reflects the deviations about the estimate: right for statistics with a bias, such as a
     * calibration error, whose replicates are biased once more than the estimate is.
     */
    public Interval basic(double confidence) {
        return interval(confidence, -1, IntervalMethod.POISSON_BASIC);
    }

    private Interval interval(double confidence, int sign, IntervalMethod method) {
        double[] deviations = sortedDeviations();
        if (deviations.length == 0) {
            return Interval.NONE;
        }

        double tail = (1 - confidence) / 2;
        double stretch = stretch(confidence);
        double below = stretch * Quantiles.of(deviations, sign > 0 ? tail : 1 - tail);
        double above = stretch * Quantiles.of(deviations, sign > 0 ? 1 - tail : tail);
        return new Interval(value + sign * below, value + sign * above, method);
    }

    /** The two-sided p-value of "the true value is zero", by stretched deviations and beyond them by Student's t; NaN where undefined. */
    public double pValue(double confidence) {
        double[] deviations = sortedDeviations();
        if (deviations.length == 0) {
            return Double.NaN;
        }

        double stretch = stretch(confidence);
        // Sums of the same numbers in another order differ in the last digits; a tie must stay a tie.
        double threshold = Math.abs(value) * (1 - 1e-12);
        int beyond = 0;
        for (double deviation : deviations) {
            beyond += stretch * Math.abs(deviation) >= threshold ? 1 : 0;
        }

        return beyond < FEW
                ? continued(beyond, deviations.length, 2 * tail(value))
                : (1.0 + beyond) / (1.0 + deviations.length);
    }

    /** The one-sided p-value of "the true value is at most {@code bound}", like the two-sided one; NaN where undefined. */
    public double pValueAbove(double bound, double confidence) {
        double[] deviations = sortedDeviations();
        if (deviations.length == 0) {
            return Double.NaN;
        }

        double stretch = stretch(confidence);
        double threshold = value - bound - 1e-12 * Math.abs(value);
        int beyond = 0;
        for (double deviation : deviations) {
            beyond += stretch * deviation >= threshold ? 1 : 0;
        }

        return beyond < FEW
                ? continued(beyond, deviations.length, tail(value - bound))
                : (1.0 + beyond) / (1.0 + deviations.length);
    }

    /**
     * The p-value where few replicates are beyond.
     *
     * @param tail what Student's t says
     */
    static double continued(int beyond, int replicates, double tail) {
        return Math.min((1.0 + beyond) / (1.0 + replicates), Math.max(Double.MIN_NORMAL, tail));
    }

    /** How probable a deviation is that is at least so far out, on the same side, by Student's t; 1 where the replicates are all equal. */
    double tail(double distance) {
        double[] deviations = sortedDeviations();
        double error = standardError();
        if (!(error > 0)) {
            return 1;
        }

        double mean = Arrays.stream(deviations).average().orElse(0);
        double squares = 0;
        double cubes = 0;
        for (double deviation : deviations) {
            double off = deviation - mean;
            squares += off * off;
            cubes += off * off * off;
        }

        // Of a negative deviation the mirror image.
        double skewness =
                Math.signum(distance) * cubes / deviations.length / Math.pow(squares / deviations.length, 1.5);
        double t = Math.abs(distance) / error;
        double corrected = t + skewness * t * t / 3 + skewness * skewness * t * t * t / 27 + skewness / 6;
        return TDistribution.of(units - 1).survivalProbability(Math.min(t, corrected));
    }

    private double[] sortedDeviations() {
        if (Double.isNaN(value) || Double.isNaN(centre) || units < 2) {
            return new double[0];
        }

        double[] deviations = new double[replicates.length];
        int defined = 0;
        for (double replicate : replicates) {
            if (!Double.isNaN(replicate)) {
                deviations[defined++] = replicate - centre;
            }
        }

        if (defined < FEWEST_DEFINED * replicates.length) {
            return new double[0];
        }

        double[] sorted = Arrays.copyOf(deviations, defined);
        Arrays.sort(sorted);
        return sorted;
    }

    private double stretch(double confidence) {
        double tail = (1 - confidence) / 2;
        double t = TDistribution.of(units - 1).inverseSurvivalProbability(tail);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        return Math.sqrt(units / (units - 1)) * t / z;
    }
}
