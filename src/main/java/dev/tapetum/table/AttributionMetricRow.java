package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What one metric says about one attribution of one image. */
@Comment("One row per image, attribution method, metric and detail: how good, plain or stable the attribution is.")
public record AttributionMetricRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Method with all its parameters, in canonical text.")
        String method,

        @Comment("Metric with all its parameters, in canonical text.")
        String metric,

        @Comment("Name of the metric in a plan.") String metricName,

        @Comment("What the value is about, such as the other method of a pair; null for the metric's own value.")
        @Nullable
        String detail,

        @Comment("What it says; null where it has nothing to say, such as about a mask that the image lacks.") @Nullable
        Double value) {
    public AttributionMetricRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(method, "method");
        requireNonNull(metric, "metric");
        requireNonNull(metricName, "metricName");
    }
}
