package dev.tapetum.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The per-image tables as functions of evidence ({@link EvidenceRow}): plain Spark SQL, so that they can be made again
 * at any time without the model or the images. A column of a table is the column of the same name, of the image or of
 * the part that the table is about; nothing is computed here.
 */
public final class EvidenceTables {
    private EvidenceTables() {}

    /** One row per image, rejected or not; what decoding would have told is null where it failed. */
    public static Dataset<ImageRow> images(Dataset<?> evidence, String runId) {
        return derive(Table.IMAGES, evidence, runId, "decoded", DecodedPart.class);
    }

    /** One row per rejected image. */
    public static Dataset<RejectRow> rejects(Dataset<?> evidence, String runId) {
        Dataset<?> rejected = evidence.filter(col("reject").isNotNull());
        return derive(Table.REJECTS, rejected, runId, "reject", RejectPart.class);
    }

    /** One row per scored image. */
    public static Dataset<PredictionRow> predictions(Dataset<?> evidence, String runId) {
        Dataset<?> scored = evidence.filter(col("prediction").isNotNull());
        return derive(Table.PREDICTIONS, scored, runId, "prediction", PredictionPart.class);
    }

    /** One row per scored image and attribution method. */
    public static Dataset<AttributionRow> attributions(Dataset<?> evidence, String runId) {
        Dataset<Row> exploded =
                evidence.select(col("image_id"), explode(col("attributions")).as("attribution"));
        return derive(Table.ATTRIBUTIONS, exploded, runId, "attribution", AttributionPart.class);
    }

    /** One row per scored image, attribution method, metric and detail. */
    public static Dataset<AttributionMetricRow> attributionMetrics(Dataset<?> evidence, String runId) {
        Dataset<Row> attributions =
                evidence.select(col("image_id"), explode(col("attributions")).as("attribution"));
        Dataset<Row> exploded = attributions.select(
                col("image_id"),
                col("attribution.method").as("method"),
                explode(col("attribution.metrics")).as("measured"));
        return derive(Table.ATTRIBUTION_METRICS, exploded, runId, "measured", MetricPart.class);
    }

    /** Derives all five and replaces the run's part of each. */
    public static void write(Dataset<?> evidence, String out, String runId) {
        Table.IMAGES.write(images(evidence, runId), out, runId);
        Table.REJECTS.write(rejects(evidence, runId), out, runId);
        Table.PREDICTIONS.write(predictions(evidence, runId), out, runId);
        Table.ATTRIBUTIONS.write(attributions(evidence, runId), out, runId);
        Table.ATTRIBUTION_METRICS.write(attributionMetrics(evidence, runId), out, runId);
    }

    private static <R extends Record> Dataset<R> derive(
            Table<R> table, Dataset<?> evidence, String runId, String part, Class<? extends Record> partType) {
        List<String> ofPart = List.of(RecordEncoder.of(partType).schema().fieldNames());
        Column[] columns = Arrays.stream(table.schema().fieldNames())
                .map(name -> {
                    if (name.equals(Table.RUN_ID)) {
                        return lit(runId).as(name);
                    }

                    return ofPart.contains(name) ? col(part + "." + name) : col(name);
                })
                .toArray(Column[]::new);
        return evidence.select(columns).as(table.encoder());
    }
}
