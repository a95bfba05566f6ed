package dev.tapetum.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.FeatureAssociation;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.jspecify.annotations.Nullable;

/** From the features of all images to the tables about features. */
record FeatureStage(
        SparkSession spark,
        Plan plan,
        RunFolder folder,
        @Nullable FeatureSource source,
        RunListener listener) {

    /** As many as anybody looks at; a task holds no more of a feature. */
    static final int TOP_IMAGES = 10;

    /**
     * Writes the four tables; empty ones without an autoencoder.
     *
     * @param ablations what taking features out did
     * @param task works on images as the run did
     * @param index the run's images
     */
    void write(Dataset<Row> evidence, AblationStage ablations, AuditTask task, ImageIndex index) {
        List<FeatureAssociationRow> associations = List.of();
        List<FeatureExemplarRow> exemplars = List.of();
        if (source == null) {
            Table.FEATURES.write(spark, List.of(), folder.out(), folder.runId());
        } else {
            listener.step("Features");
            associations = associations(evidence.where(col("features").isNotNull()), source);
            exemplars =
                    exemplars(associations, new ExemplarStage(spark, folder, new ExemplarTask(task, source), index));
        }

        Table.FEATURE_ASSOCIATIONS.write(spark, associations, folder.out(), folder.runId());
        Table.FEATURE_EXEMPLARS.write(spark, exemplars, folder.out(), folder.runId());
        Table.FEATURE_ABLATIONS.write(spark, ablations.rows(evidence), folder.out(), folder.runId());
    }

    /** Writes the features on the way. */
    private List<FeatureAssociationRow> associations(Dataset<Row> encoded, FeatureSource from) {
        long images = encoded.count();
        Dataset<FeatureRow> rows = features(encoded, images, from.path(), from.features(), folder.runId());
        Table.FEATURES.write(rows, folder.out(), folder.runId());
        Map<Integer, Long> active = new TreeMap<>();
        Table.FEATURES
                .read(spark, folder.out())
                .where(col("run_id").equalTo(folder.runId()).and(col("images").gt(0)))
                .select("feature", "images")
                .collectAsList()
                .forEach(row -> active.put(row.getInt(0), row.getLong(1)));
        return AssociationStage.of(plan, active, images, listener::warn).associations(encoded).stream()
                .map(found -> row(found, from.path()))
                .toList();
    }

    /** Exemplars are for looking at, and no reason for a run to fail after all its work. */
    private List<FeatureExemplarRow> exemplars(List<FeatureAssociationRow> associations, ExemplarStage stage) {
        try {
            return stage.rows(FeatureChoice.of(plan, associations).stream()
                    .map(FeatureChoice.Chosen::feature)
                    .toList());
        } catch (Exception | OutOfMemoryError e) {
            listener.warn("The exemplars of features could not be encoded again: " + e
                    + "; the tables of numbers are complete");
            return List.of();
        }
    }

    /**
     * A row per feature, the dead ones too.
     *
     * @param encoded evidence of images that have features
     * @param images number of them
     * @param features number of features of the autoencoder
     */
    static Dataset<FeatureRow> features(Dataset<Row> encoded, long images, String sae, int features, String runId) {
        Dataset<Row> entries = entries(encoded);
        Dataset<Row> sums = entries.groupBy("feature")
                .agg(
                        count(lit(1)).as("images"),
                        avg(col("activation").cast("double")).as("mean_activation"),
                        max(col("activation").cast("double")).as("max_activation"));
        Dataset<Row> all = encoded.sparkSession()
                .range(features)
                .select(col("id").cast("int").as("feature"));
        Column[] columns = {
            lit(runId).as("run_id"),
            lit(sae).as("sae"),
            col("feature"),
            coalesce(col("images"), lit(0L)).as("images"),
            (images == 0
                            ? lit(null).cast("double")
                            : coalesce(col("images"), lit(0L)).divide(lit((double) images)))
                    .as("frequency"),
            col("mean_activation"),
            col("max_activation"),
            col("images").isNull().as("dead"),
            coalesce(col("top_images"), array().cast(exemplarType())).as("top_images")
        };
        return all.join(sums, "feature", "left")
                .join(exemplars(entries), "feature", "left")
                .select(columns)
                .as(RecordEncoder.of(FeatureRow.class));
    }

    private static String exemplarType() {
        return Table.FEATURES.schema().apply("top_images").dataType().catalogString();
    }

    /** Spark drops all but the first ranks before it moves anything, so that no task sorts a feature's images of the whole run. */
    private static Dataset<Row> exemplars(Dataset<Row> entries) {
        Column rank = row_number()
                .over(Window.partitionBy("feature").orderBy(col("activation").desc(), col("image_id")));
        Column ranked = collect_list(struct(col("rank"), col("image_id"), col("activation"), col("patch")));
        return entries.withColumn("rank", rank)
                .where(col("rank").leq(TOP_IMAGES))
                .groupBy("feature")
                .agg(sort_array(ranked).as("ranked"))
                .select(
                        col("feature"),
                        transform(
                                        col("ranked"),
                                        one -> struct(
                                                one.getField("image_id").as("image_id"),
                                                one.getField("activation").as("activation"),
                                                one.getField("patch").as("patch")))
                                .as("top_images"));
    }

    /** A row per image and active feature. */
    private static Dataset<Row> entries(Dataset<Row> encoded) {
        Dataset<Row> images = encoded.select(
                col("image_id"),
                col("features.active").as("active"),
                col("features.maxima").as("maxima"),
                map_from_arrays(col("features.top.feature"), col("features.top.max_patch"))
                        .as("patches"));
        Column entries = transform(
                arrays_zip(col("active"), col("maxima")),
                entry -> struct(
                        entry.getField("active").as("feature"),
                        entry.getField("maxima").as("activation"),
                        try_element_at(col("patches"), entry.getField("active")).as("patch")));
        return images.select(col("image_id"), explode(entries).as("entry")).select("image_id", "entry.*");
    }

    private FeatureAssociationRow row(AssociationStage.Found found, String sae) {
        FeatureAssociation association = found.association();
        return new FeatureAssociationRow(
                folder.runId(),
                sae,
                found.kind(),
                association.group().attribute(),
                association.group().value(),
                association.feature(),
                association.n(),
                association.referenceN(),
                association.active(),
                association.referenceActive(),
                association.auroc(),
                association.logOdds(),
                StatisticTables.number(association.interval().low()),
                StatisticTables.number(association.interval().high()),
                plan.statistics().confidence(),
                StatisticTables.number(association.pValue()),
                StatisticTables.number(association.qValue()));
    }
}
