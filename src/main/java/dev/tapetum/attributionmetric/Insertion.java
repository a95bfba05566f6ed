package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;

/**
 * The area under the target's probability while the image's pixels are put back into a baseline, those of largest
 * attribution first; high when they mattered.
 *
 * <p>{@code (Σ_i p_i − p_0/2 − p_n/2) / n} over n steps of equally many pixels. Petsiuk, Das and Saenko 2018 ("RISE",
 * arXiv 1806.07421, section 4.1). They start from a blur by an 11×11 kernel with zeros beyond the border; ours is a whole
 * Gaussian that reflects there, so the border is not darkened.
 *
 * @param baseline what the curve starts from
 * @param steps number of steps, at most one per pixel
 */
public record Insertion(Baseline baseline, int steps) implements PerturbationCurve {

    public Insertion {
        Objects.requireNonNull(baseline, "baseline");
        PerturbationCurve.check(steps);
    }

    @Override
    public Stimulus after(Stimulus image, Stimulus start, PixelRanking ranking, int count) {
        return PerturbationCurve.replaced(start, image, ranking, count);
    }

    @Override
    public double value(Curve curve) {
        return PerturbationCurve.area(curve.probabilities());
    }
}
