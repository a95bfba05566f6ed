package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Baseline;
import java.util.Objects;

/**
 * The mean loss of the target's logit while the image's pixels are replaced, those of largest attribution first; high
 * when they mattered.
 *
 * <p>{@code Σ_{i=0..n} (F(x_0) − F(x_i)) / (n + 1)}, in logits. Bach et al. 2015 ("On pixel-wise explanations", PLoS ONE
 * 10(7), figure 9) in the form of Samek et al. 2017 (arXiv 1509.06321, equation 12), over all pixels.
 *
 * @param baseline what pixels are replaced with
 * @param steps number of steps, at most one per pixel
 */
public record PixelFlipping(Baseline baseline, int steps) implements PerturbationCurve {

    public PixelFlipping {
        Objects.requireNonNull(baseline, "baseline");
        PerturbationCurve.check(steps);
    }

    @Override
    public double value(Curve curve) {
        double loss = 0;
        for (double logit : curve.logits()) {
            loss += curve.logits()[0] - logit;
        }

        return loss / curve.logits().length;
    }
}
