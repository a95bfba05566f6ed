package dev.tapetum.attributionmetric;

import java.util.Objects;

/**
 * How much the run's other methods agree with this one about the image: the mean rank correlation of the absolute maps,
 * from −1 to 1. NaN for a run of one method.
 *
 * @param correlation spearman or kendall
 */
public record Agreement(Correlation correlation) implements MapMetric {

    public Agreement {
        Objects.requireNonNull(correlation, "correlation");
    }

    @Override
    public double value(Explanation explanation) {
        float[] own = explanation.sizes();
        return explanation.others().stream()
                .mapToDouble(other -> correlation.of(own, explanation.sizes(other)))
                .average()
                .orElse(Double.NaN);
    }
}
