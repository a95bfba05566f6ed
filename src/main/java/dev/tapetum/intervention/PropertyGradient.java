package dev.tapetum.intervention;

import dev.tapetum.spec.SplitMix64;

/**
 * How a number of the model answers to a property of an image, from the values at the steps of an intervention.
 *
 * <p>With the strength axis scaled to run from 0 at the weakest to 1 at the strongest step of the intervention and {@code
 * p(s)} the value at strength s,
 *
 * <ul>
 *   <li>{@code expected = ∫ |p'(s)| ds / (b − a)}, the expected property gradient of Penzel and Denzler 2025 (arXiv 2503.05424),
 *   <li>{@code signed = ∫ p'(s) ds / (b − a)},
 * </ul>
 *
 * over the part [a, b] of the axis that the given steps span. The derivative is taken by second-order central differences,
 * also between steps at uneven distances, and one-sided at the ends; the integral by the trapezoid rule. So the expected
 * gradient of a monotone answer is exactly the size of its change, whatever the number of steps.
 *
 * <p>Deviations from the paper: the authors take steps of size one, which makes the number depend on how many there are; and
 * they take the plain mean over the steps, in which the two ends count as much as any other and which therefore is off by up to
 * {@code 1/N} of itself.
 *
 * <p>The test asks whether the order of the steps matters: the values are shuffled over the steps K times. Shuffling a smooth
 * answer makes it rough and its expected gradient larger, so that a real effect lies in the <em>lower</em> tail: the test is
 * two-sided about the mean m of all K + 1 expected gradients, {@code p = (1 + #{|T_k − m| ≥ |T − m|}) / (1 + K)}. A
 * deterministic model answers smoothly to whatever is changed smoothly, however little it answers; a small p says that there is
 * an answer and nothing about its size, which is what {@code expected} is for.
 *
 * <ul>
 *   <li>Fewer than three steps have no gradient: {@link #NONE}, all NaN.
 *   <li>Values that are all equal: gradients 0, p-value 1, correlation NaN.
 * </ul>
 *
 * @param expected mean modulus of the derivative, in units of the value per whole range of the strength
 * @param signed mean derivative
 * @param totalChange value at the last step minus that at the first
 * @param correlation Pearson correlation of value and strength; NaN when the value does not vary
 * @param pValue of the shuffling test, never zero
 */
public record PropertyGradient(double expected, double signed, double totalChange, double correlation, double pValue) {

    /** Of fewer than three steps. */
    public static final PropertyGradient NONE =
            new PropertyGradient(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private static final int FEWEST_STEPS = 3;

    /** Sums of the same numbers in another order differ in the last digits; a tie must stay a tie. */
    private static final double ROUNDING = 1e-9;

    /**
     * The gradient of one sequence.
     *
     * @param scaled the strengths of the steps on the scaled axis, rising
     * @param values the model's number at each
     * @param shuffles K, at least 1
     * @param seed of the shuffles
     */
    public static PropertyGradient of(double[] scaled, double[] values, int shuffles, long seed) {
        if (values.length < FEWEST_STEPS) {
            return NONE;
        }

        Axis axis = Axis.of(scaled);
        int last = values.length - 1;
        double change = values[last] - values[0];
        double expected = axis.meanModulus(values);
        return new PropertyGradient(
                expected,
                change / (scaled[last] - scaled[0]),
                change,
                correlation(scaled, values),
                pValue(axis, expected, values, shuffles, seed));
    }

    private static double pValue(Axis axis, double expected, double[] values, int shuffles, long seed) {
        double[] shuffled = values.clone();
        double[] gradients = new double[shuffles];
        double sum = expected;
        SplitMix64 random = new SplitMix64(seed);
        for (int k = 0; k < shuffles; k++) {
            for (int i = shuffled.length - 1; i > 0; i--) {
                int j = random.below(i + 1);
                double other = shuffled[j];
                shuffled[j] = shuffled[i];
                shuffled[i] = other;
            }

            gradients[k] = axis.meanModulus(shuffled);
            sum += gradients[k];
        }

        double mean = sum / (shuffles + 1);
        double distance = Math.abs(expected - mean) - ROUNDING * mean;
        int beyond = 0;
        for (double gradient : gradients) {
            beyond += Math.abs(gradient - mean) >= distance ? 1 : 0;
        }

        return (1.0 + beyond) / (1.0 + shuffles);
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        return yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : Double.NaN;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }

        return sum / values.length;
    }

    /**
     * The derivative at every step as a weighted sum of the values before, at and after it, with the step's weight in the mean
     * folded in. Of the interior: with {@code h} to the step before and {@code k} to the one after, {@code p' = (h² p₊ + (k² −
     * h²) p − k² p₋) / (h k (h + k))}.
     */
    private record Axis(double[] before, double[] at, double[] after) {

        static Axis of(double[] s) {
            int last = s.length - 1;
            double span = s[last] - s[0];
            double[] before = new double[s.length];
            double[] at = new double[s.length];
            double[] after = new double[s.length];
            for (int i = 1; i < last; i++) {
                double h = s[i] - s[i - 1];
                double k = s[i + 1] - s[i];
                double weight = (h + k) / 2 / span / (h * k * (h + k));
                before[i] = -weight * k * k;
                at[i] = weight * (k * k - h * h);
                after[i] = weight * h * h;
            }

            // A half interval times a difference over that interval.
            at[0] = -1 / (2 * span);
            after[0] = 1 / (2 * span);
            before[last] = -1 / (2 * span);
            at[last] = 1 / (2 * span);
            return new Axis(before, at, after);
        }

        double meanModulus(double[] p) {
            int last = p.length - 1;
            double sum = Math.abs(at[0] * p[0] + after[0] * p[1])
                    + Math.abs(before[last] * p[last - 1] + at[last] * p[last]);
            for (int i = 1; i < last; i++) {
                sum += Math.abs(before[i] * p[i - 1] + at[i] * p[i] + after[i] * p[i + 1]);
            }

            return sum;
        }
    }
}
