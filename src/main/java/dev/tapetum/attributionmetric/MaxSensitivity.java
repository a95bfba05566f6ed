package dev.tapetum.attributionmetric;

import dev.tapetum.attributionmetric.Changes.Copy;
import java.util.List;
import java.util.Objects;

/**
 * The largest relative change of the attribution among a few slightly changed images; 0 is stable.
 *
 * <p>{@code max_j ‖a(x + δ_j) − a(x)‖ / ‖a(x)‖}, Frobenius norms over all values. Yeh et al. 2019 (arXiv 1901.09392,
 * definition 2.3), divided by the norm as the field does. NaN for an attribution of zeros.
 *
 * @param perturbation how the image is changed
 * @param samples number of changed images
 */
public record MaxSensitivity(Perturbation perturbation, int samples) implements Stability {

    public MaxSensitivity {
        Objects.requireNonNull(perturbation, "perturbation");
        OnCopies.check(samples);
    }

    @Override
    public double value(Explanation explanation, List<Copy> copies) {
        float[] own = explanation.attribution().values().values();
        double largest = 0;
        for (Copy copy : copies) {
            largest = Math.max(largest, distance(copy.attribution().values().values(), own));
        }

        return relative(largest, own);
    }

    /** {@code ‖a − b‖ / ‖b‖}; NaN for a b of zeros. */
    static double relativeDistance(float[] a, float[] b) {
        return relative(distance(a, b), b);
    }

    private static double relative(double distance, float[] to) {
        double norm = distance(to, new float[to.length]);
        return norm > 0 ? distance / norm : Double.NaN;
    }

    static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }

        return Math.sqrt(sum);
    }
}
