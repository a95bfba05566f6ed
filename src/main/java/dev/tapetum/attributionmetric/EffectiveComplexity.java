package dev.tapetum.attributionmetric;

/**
 * The share of pixels whose absolute attribution is above {@code threshold} of the largest one, from 0 to 1.
 *
 * <p>After Nguyen and Martínez 2020 ("On quantitative aspects of model interpretability", arXiv 2007.07584, section 4.3),
 * who count pixels at a threshold found by retraining; ours is fixed. NaN for a map of zeros.
 *
 * @param threshold share of the largest absolute value, from 0 to 1
 */
public record EffectiveComplexity(double threshold) implements MapMetric {

    public EffectiveComplexity {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "threshold is a share of the largest value, from 0 to 1, not " + threshold);
        }
    }

    @Override
    public double value(Explanation explanation) {
        float[] sizes = explanation.sizes();
        float largest = 0;
        for (float size : sizes) {
            largest = Math.max(largest, size);
        }

        int above = 0;
        for (float size : sizes) {
            above += size > threshold * largest ? 1 : 0;
        }

        return largest > 0 ? (double) above / sizes.length : Double.NaN;
    }
}
