package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import java.util.Objects;

/**
 * The area under the target's probability while the image's pixels are replaced, those of largest attribution first; low
 * when they mattered.
 *
 * <p>{@code (Σ_i p_i − p_0/2 − p_n/2) / n} over n steps of equally many pixels. Petsiuk, Das and Saenko 2018 ("RISE",
 * arXiv 1806.07421, section 4.1): 224 pixels a step at 224×224, which is 224 steps.
 *
 * @param baseline what pixels are replaced with
 * @param steps number of steps, at most one per pixel
 */
public record Deletion(Baseline baseline, int steps) implements PerturbationCurve {

    public Deletion {
        Objects.requireNonNull(baseline, "baseline");
        PerturbationCurve.check(steps);
    }

    @Override
    public double value(Curve curve) {
        return PerturbationCurve.area(curve.probabilities());
    }
}
