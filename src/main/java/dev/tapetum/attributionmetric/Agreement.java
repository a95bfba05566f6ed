package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;
import java.util.Objects;

/**
 * How much the run's other methods agree with this one about the order of the image's pixels: the correlation of the
 * absolute maps, from −1 to 1, with each of them and the mean. NaN where a map is constant.
 *
 * <p>Krishna et al. 2022 ("The disagreement problem in explainable machine learning", arXiv 2202.01602, section 3.2: rank
 * correlation), on absolute values.
 *
 * @param correlation spearman or kendall
 */
public record Agreement(Correlation correlation) implements MethodPairs<double[]> {

    public Agreement {
        Objects.requireNonNull(correlation, "correlation");
    }

    @Override
    public double[] view(float[] sizes, InputSpec input) {
        return correlation.prepared(sizes);
    }

    @Override
    public double between(double[] own, double[] other) {
        return correlation.ofPrepared(own, other);
    }

    /** Kendall's counts are; Pearson's sums are divided in an order, and round differently from the other side. */
    @Override
    public boolean isSymmetric() {
        return correlation == Correlation.KENDALL;
    }
}
