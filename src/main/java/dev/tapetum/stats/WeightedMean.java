package dev.tapetum.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of numbers of units that stand for others as well, as a ratio of sums, {@code m = Σ y_u / Σ w_u}, where {@code w_u}
 * is how many images unit u stands for and {@code y_u} the sum of their numbers (Hájek 1971). A unit is an image, or a cluster.
 *
 * <p>Its variance is that of the linearised ratio between units, {@code Σ (y_u − m w_u)² / (Σ w_u)² · u/(u − 1)} (Särndal,
 * Swensson and Wretman 1992, result 5.6.2 with units drawn independently), which needs five sums however many units there are;
 * the interval is Student's, with as many units as would tell as much with equal weights, Kish's {@code (Σ w)² / Σ w²}: of a
 * mean that hangs on a few heavy ones the variance is known no better than from those few.
 *
 * <ul>
 *   <li>Effectively fewer than two units: no interval and no p-value. Numbers that are all equal: an interval of width zero; they do
 *       not tell how they would spread, so that there is a p-value, 1, only where they are zero.
 * </ul>
 *
 * @param units number of units
 * @param w Σ w
 * @param y Σ y
 * @param ww Σ w²
 * @param wy Σ w y
 * @param yy Σ y²
 */
public record WeightedMean(long units, double w, double y, double ww, double wy, double yy) {
    private static final double ROUNDING = 1e-12;

    /** The mean, NaN without units. */
    public double value() {
        return y / w;
    }

    /** The interval of the mean. */
    public Interval interval(double confidence) {
        double effective = EffectiveUnits.of(units, w, ww);
        if (units < 2 || effective < 2) {
            return Interval.NONE;
        }

        double mean = value();
        double error = error();
        double t = TDistribution.of(effective - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return new Interval(mean - t * error, mean + t * error, IntervalMethod.STUDENT);
    }

    /** Of Student's two-sided test that the mean is zero, above 0; NaN where nothing tells how numbers spread. */
    public double pValue() {
        double effective = EffectiveUnits.of(units, w, ww);
        double error = units < 2 ? 0 : error();
        if (units < 2 || effective < 2 || error == 0) {
            return units >= 2 && effective >= 2 && yy == 0 ? 1 : Double.NaN;
        }

        double t = Math.abs(value()) / error;
        return Math.max(Double.MIN_NORMAL, 2 * TDistribution.of(effective - 1).survivalProbability(t));
    }

    /** The standard error of the mean, of two units or more. */
    private double error() {
        double mean = value();
        double squares = Math.max(0, yy - 2 * mean * wy + mean * mean * ww);
        // Of numbers that are equal the sums differ by their rounding.
        return squares <= ROUNDING * yy ? 0 : Math.sqrt(squares * units / (units - 1.0)) / w;
    }
}
