package dev.tapetum.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A number beside a few of its kind: whether it is larger than one more of them would be. Student's test for one further
 * observation, {@code t = (x − m)/(s √(1 + 1/k))} with the mean m and the standard deviation s of the k others and k − 1 degrees of
 * freedom (Crawford and Howell, "Comparing an individual's test score against norms derived from small samples", The Clinical
 * Neuropsychologist 12, 1998).
 *
 * <p>Fewer than two others, or a number that is none: nothing is told. Others that are all equal do not tell how they spread, so that
 * there is a p-value, 1, only where the number equals them too.
 *
 * @param value x
 * @param others k
 * @param mean m; NaN without others
 * @param deviation s; NaN with fewer than two others
 */
public record OneAgainstOthers(double value, int others, double mean, double deviation) {

    /**
     * Of a number and others of its kind.
     *
     * @param others in whatever order; the result does not depend on it but for rounding
     */
    public static OneAgainstOthers of(double value, double[] others) {
        double mean = Arrays.stream(others).average().orElse(Double.NaN);
        double squares = Arrays.stream(others).map(x -> (x - mean) * (x - mean)).sum();
        double deviation = others.length < 2 ? Double.NaN : Math.sqrt(squares / (others.length - 1));
        return new OneAgainstOthers(value, others.length, mean, deviation);
    }

    /** Of the number being no larger than one more of the others, above 0; NaN where nothing tells. */
    public double pValueOfLarger() {
        if (Double.isNaN(value - mean) || others < 2 || deviation == 0) {
            return others >= 2 && value == mean ? 1 : Double.NaN;
        }

        double t = (value - mean) / spread();
        return Math.max(Double.MIN_NORMAL, TDistribution.of(others - 1.0).survivalProbability(t));
    }

    /** How far one more of the others may lie from their mean by chance, at this confidence; NaN where nothing tells. */
    public double reach(double confidence) {
        return others < 2
                ? Double.NaN
                : spread() * TDistribution.of(others - 1.0).inverseSurvivalProbability((1 - confidence) / 2);
    }

    private double spread() {
        return deviation * Math.sqrt(1 + 1.0 / others);
    }
}
