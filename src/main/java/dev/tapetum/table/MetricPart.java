package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What one metric says about an attribution: {@link AttributionMetricRow} without the ids. */
public record MetricPart(
        @Comment("Metric with all its parameters, in canonical text.")
        String metric,

        @Comment("Name of the metric in a plan.") String metricName,

        @Comment("What the value is about, such as the other method of a pair; null for the metric's own value.")
        @Nullable
        String detail,

        @Comment("What it says; null where it has nothing to say, such as about a mask that the image lacks.") @Nullable
        Double value) {
    public MetricPart {
        requireNonNull(metric, "metric");
        requireNonNull(metricName, "metricName");
    }
}
