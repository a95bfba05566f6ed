package dev.tapetum.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** One row per image drawn for interventions, editor, step and target. */
    public static Dataset<InterventionRow> interventions(Dataset<?> evidence, String runId) {
        Dataset<Row> steps = interventionsOf(evidence)
                .select(col("*"), explode(col("intervention.steps")).as("step_part"));
        Dataset<Row> exploded =
                steps.select(col("*"), explode(col("step_part.outcomes")).as("outcome"));
        return derive(
                Table.INTERVENTIONS,
                exploded,
                runId,
                Map.of(
                        "intervention",
                        InterventionPart.class,
                        "step_part",
                        StepPart.class,
                        "outcome",
                        OutcomePart.class));
    }

    /** One row per image drawn for interventions, editor and target. */
    public static Dataset<PropertyGradientRow> propertyGradients(Dataset<?> evidence, String runId) {
        Dataset<Row> exploded = interventionsOf(evidence)
                .select(col("*"), explode(col("intervention.gradients")).as("gradient"));
        return derive(
                Table.PROPERTY_GRADIENTS,
                exploded,
                runId,
                Map.of("intervention", InterventionPart.class, "gradient", PropertyGradientPart.class));
    }

    /** One row per scored image and feature among its strongest. */
    public static Dataset<FeatureActivationRow> featureActivations(Dataset<?> evidence, String runId) {
        Dataset<Row> exploded = evidence.select(
                col("image_id"),
                col("features.sae").as("sae"),
                explode(col("features.top")).as("on_grid"));
        return derive(Table.FEATURE_ACTIVATIONS, exploded, runId, "on_grid", FeaturePart.class);
    }

    /** One row per image drawn for interventions, feature of an editor, control, step and target. */
    public static Dataset<FeatureEffectRow> featureEffects(Dataset<?> evidence, String runId) {
        Dataset<Row> steps = evidence.select(
                        col("image_id"),
                        col("features.reconstruction_error").as("reconstruction_error"),
                        explode(col("feature_effects")).as("effect"))
                .select(col("*"), explode(col("effect.steps")).as("step_part"))
                .withColumn("scale", col("step_part.strength"));
        Dataset<Row> exploded =
                steps.select(col("*"), explode(col("step_part.outcomes")).as("outcome"));
        return derive(
                Table.FEATURE_EFFECTS,
                exploded,
                runId,
                Map.of("effect", FeatureEffectPart.class, "step_part", StepPart.class, "outcome", OutcomePart.class));
    }

    private static Dataset<Row> interventionsOf(Dataset<?> evidence) {
        return evidence.select(col("image_id"), explode(col("interventions")).as("intervention"));
    }

    /** Derives all nine and replaces the run's part of each. */
    public static void write(Dataset<?> evidence, String out, String runId) {
        Table.IMAGES.write(images(evidence, runId), out, runId);
        Table.REJECTS.write(rejects(evidence, runId), out, runId);
        Table.PREDICTIONS.write(predictions(evidence, runId), out, runId);
        Table.ATTRIBUTIONS.write(attributions(evidence, runId), out, runId);
        Table.ATTRIBUTION_METRICS.write(attributionMetrics(evidence, runId), out, runId);
        Table.INTERVENTIONS.write(interventions(evidence, runId), out, runId);
        Table.PROPERTY_GRADIENTS.write(propertyGradients(evidence, runId), out, runId);
        Table.FEATURE_ACTIVATIONS.write(featureActivations(evidence, runId), out, runId);
        Table.FEATURE_EFFECTS.write(featureEffects(evidence, runId), out, runId);
    }

    private static <R extends Record> Dataset<R> derive(
            Table<R> table, Dataset<?> evidence, String runId, String part, Class<? extends Record> partType) {
        return derive(table, evidence, runId, Map.of(part, partType));
    }

    /** @param parts the record types of the columns that a table's columns may lie in; no two have a column in common */
    private static <R extends Record> Dataset<R> derive(
            Table<R> table, Dataset<?> evidence, String runId, Map<String, Class<? extends Record>> parts) {
        Map<String, String> places = new HashMap<>();
        parts.forEach((part, type) -> {
            for (String name : RecordEncoder.of(type).schema().fieldNames()) {
                String other = places.put(name, part + "." + name);
                if (other != null && List.of(table.schema().fieldNames()).contains(name)) {
                    throw new IllegalStateException(
                            "Column " + name + " of " + table + " could be " + other + " or " + places.get(name));
                }
            }
        });
        Column[] columns = Arrays.stream(table.schema().fieldNames())
                .map(name -> {
                    if (name.equals(Table.RUN_ID)) {
                        return lit(runId).as(name);
                    }

                    return col(places.getOrDefault(name, name)).as(name);
                })
                .toArray(Column[]::new);
        return evidence.select(columns).as(table.encoder());
    }
}
