package dev.tapetum.prototype;

/**
 * Descent by Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1): {@code m ← β₁ m + (1 − β₁) g}, {@code v ← β₂ v + (1 − β₂)
 * g²}, {@code x ← x − rate · m̂ / (√v̂ + ε)} with {@code m̂ = m/(1 − β₁ᵗ)} and {@code v̂ = v/(1 − β₂ᵗ)}; β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 *
 * <p>With {@link StepScale#IMAGE} there is one v for all values, of the mean of {@code g²}.
 */
final class Adam {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final StepScale scale;
    private final double[] first;
    private final double[] second;
    private double power1 = 1;
    private double power2 = 1;

    Adam(int values, double rate, StepScale scale) {
        this.rate = rate;
        this.scale = scale;
        this.first = new double[values];
        this.second = new double[scale == StepScale.PIXEL ? values : 1];
    }

    /** Moves {@code x}, in place, by one step down the gradient. */
    void step(double[] x, double[] gradient) {
        power1 *= BETA_1;
        power2 *= BETA_2;
        if (scale == StepScale.IMAGE) {
            second[0] = BETA_2 * second[0] + (1 - BETA_2) * meanSquare(gradient);
        }

        for (int i = 0; i < x.length; i++) {
            double g = gradient[i];
            first[i] = BETA_1 * first[i] + (1 - BETA_1) * g;
            if (scale == StepScale.PIXEL) {
                second[i] = BETA_2 * second[i] + (1 - BETA_2) * g * g;
            }

            double size = Math.sqrt(second[scale == StepScale.PIXEL ? i : 0] / (1 - power2));
            x[i] -= rate * first[i] / (1 - power1) / (size + EPSILON);
        }
    }

    private static double meanSquare(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }

        return sum / values.length;
    }
}
