package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What one method says about one image. Equality of rows is by component, of {@code map} by identity. */
@SuppressWarnings("ArrayRecordComponent")
@Comment("One row per image and attribution method: the summary of the attribution and its map.")
public record AttributionRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Method with all its parameters, in canonical text.")
        String method,

        @Comment("Name of the method in a plan.") String methodName,
        @Comment("Class that is explained.") String target,
        @Comment("Index of the class that is explained.") int targetIndex,
        @Comment("Logit of the target for the image.") double score,

        @Comment("Logit of the target for the baseline; null for a method without one.") @Nullable
        Double baselineScore,

        @Comment("Sum of the attribution over all pixels and channels.")
        double attributionSum,

        @Comment("attribution_sum minus (score minus baseline_score); null for a method that claims no completeness.")
        @Nullable
        Double completenessDelta,

        @Comment("Model evaluations that the method asked for, forward and gradient.")
        long evaluations,

        @Comment("Rows of the map.") int rows,
        @Comment("Columns of the map.") int cols,

        @Comment("Number format of the map's cells: float16 or float32.")
        MapEncoding encoding,

        @Comment("Signed map summed over channels: its cells row by row, little-endian.")
        byte[] map,

        @Comment("Gini index of the absolute map; null for a map of zeros.") @Nullable
        Double gini,

        @Comment("Entropy of the absolute map's shares, in nats; null for a map of zeros.") @Nullable
        Double entropy,

        @Comment("Positive part of the map over its absolute sum; null for a map of zeros.") @Nullable
        Double positiveShare,

        @Comment("Absolute attribution within the image's mask over its absolute sum; null without a mask.") @Nullable
        Double maskShare,

        @Comment(
                "Where the centre of mass of the absolute map lies across the image, from 0, its left edge, to 1; null for a map of zeros.")
        @Nullable
        Double centreX,

        @Comment(
                "Where the centre of mass of the absolute map lies down the image, from 0, its top, to 1; null for a map of zeros.")
        @Nullable
        Double centreY) {
    public AttributionRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(method, "method");
        requireNonNull(methodName, "methodName");
        requireNonNull(target, "target");
        encoding.requireLength(map, rows, cols);
    }

    /** The map with its shape. */
    public HeatMap heatMap() {
        return new HeatMap(rows, cols, encoding, map);
    }
}
