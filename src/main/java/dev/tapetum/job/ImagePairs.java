package dev.tapetum.job;

import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.report.PairLedger;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The images of two runs side by side. All per-image tables of both are brought together by one shuffle: every row becomes a
 * part of its image, and a part knows whose it is.
 *
 * @param baseline the run that is {@link #BEFORE}
 * @param candidate the run that is {@link #AFTER}
 */
record ImagePairs(SparkSession spark, String out, String baseline, String candidate) {

    static final int BEFORE = 0;
    static final int AFTER = 1;

    static final String IMAGES = "images";
    static final String REJECTS = "rejects";
    static final String PREDICTIONS = "predictions";
    static final String ATTRIBUTIONS = "attributions";
    static final String MEASURED = "measured";
    static final String GRADIENTS = "gradients";
    static final String FEATURES = "features";

    private static final String SIDE = "side";
    private static final String IMAGE_ID = "image_id";

    /** One row per image that is in both runs, with the parts of both; a kind that is not compared has no column. */
    Dataset<Row> sideBySide(ComparedParts compared) {
        Dataset<Row> parts = parts(BEFORE, baseline, compared).unionByName(parts(AFTER, candidate, compared), true);
        Column[] others = Arrays.stream(parts.columns())
                .filter(name -> !name.equals(IMAGE_ID) && !name.equals(IMAGES))
                .map(name -> collect_list(name).as(name))
                .toArray(Column[]::new);
        return parts.groupBy(IMAGE_ID)
                .agg(collect_list(IMAGES).as(IMAGES), others)
                .where(size(col(IMAGES)).equalTo(2));
    }

    private Dataset<Row> parts(int side, String runId, ComparedParts compared) {
        Dataset<Row> parts = part(IMAGES, side, of(Table.IMAGES, runId), "cluster", "attributes")
                .unionByName(part(REJECTS, side, of(Table.REJECTS, runId)), true)
                .unionByName(
                        part(
                                PREDICTIONS,
                                side,
                                of(Table.PREDICTIONS, runId),
                                "label",
                                "label_index",
                                "predicted",
                                "correct",
                                "confidence",
                                "label_probability",
                                "loss"),
                        true);
        if (!compared.methods().isEmpty()) {
            Column method = col("method").isin(compared.methods().keySet().toArray());
            parts = parts.unionByName(
                            part(
                                    ATTRIBUTIONS,
                                    side,
                                    of(Table.ATTRIBUTIONS, runId).where(method),
                                    "method",
                                    "target",
                                    "rows",
                                    "cols",
                                    "encoding",
                                    "map",
                                    "gini",
                                    "entropy",
                                    "positive_share",
                                    "mask_share",
                                    "completeness_delta"),
                            true)
                    .unionByName(
                            part(
                                    MEASURED,
                                    side,
                                    of(Table.ATTRIBUTION_METRICS, runId)
                                            .where(method)
                                            .where(col("metric")
                                                    .isin(compared.metrics()
                                                            .keySet()
                                                            .toArray()))
                                            .where(col("detail").isNull()),
                                    "method",
                                    "metric",
                                    "metric_name",
                                    "value"),
                            true);
        }

        if (!compared.editors().isEmpty()) {
            parts = parts.unionByName(
                    part(
                            GRADIENTS,
                            side,
                            of(Table.PROPERTY_GRADIENTS, runId)
                                    .where(col("editor")
                                            .isin(compared.editors().keySet().toArray())),
                            "editor",
                            "target",
                            "own",
                            "expected_gradient",
                            "signed_gradient",
                            "flipped",
                            "weight"),
                    true);
        }

        return compared.features().isEmpty()
                ? parts
                : parts.unionByName(part(FEATURES, side, active(runId, compared.features()), "active"), true);
    }

    private static Dataset<Row> part(String name, int side, Dataset<?> rows, String... columns) {
        Column[] all = Stream.concat(
                        Stream.of(lit(side).as(SIDE)), Arrays.stream(columns).map(functions::col))
                .toArray(Column[]::new);
        return rows.select(col(IMAGE_ID), struct(all).as(name));
    }

    /** The table {@code feature_activations} has the strongest of an image only; evidence has all that are active. */
    private Dataset<Row> active(String runId, List<Integer> features) {
        Column asked = functions
                .array(features.stream().map(functions::lit).toArray(Column[]::new))
                .cast("array<int>");
        RunFolder folder = new RunFolder(out, runId, spark.sparkContext().hadoopConfiguration());
        return Waves.evidence(spark, folder)
                .where(col("features").isNotNull())
                .select(
                        col(IMAGE_ID),
                        array_intersect(col("features.active"), asked).as("active"));
    }

    /** Which images are in which run, and how they fared. */
    PairLedger ledger() {
        Dataset<Row> before = images(baseline);
        Dataset<Row> after = images(candidate);
        Column inBefore = before.col(IMAGE_ID).isNotNull();
        Column inAfter = after.col(IMAGE_ID).isNotNull();
        Column both = inBefore.and(inAfter);
        Column lost = before.col("rejected");
        Column found = after.col("rejected");
        Row counts = before.join(after, before.col(IMAGE_ID).equalTo(after.col(IMAGE_ID)), "full_outer")
                .agg(
                        counted(inBefore),
                        counted(inAfter),
                        counted(both),
                        counted(both.and(not(lost)).and(not(found))),
                        counted(both.and(lost).and(found)),
                        counted(both.and(lost).and(not(found))),
                        counted(both.and(not(lost)).and(found)),
                        // A file that was not decoded has no digest, and nothing to differ.
                        counted(before.col("sha256").notEqual(after.col("sha256"))),
                        counted(both.and(not(before.col("label").eqNullSafe(after.col("label"))))))
                .first();
        return new PairLedger(
                counts.getLong(0),
                counts.getLong(1),
                counts.getLong(2),
                counts.getLong(3),
                counts.getLong(4),
                counts.getLong(5),
                counts.getLong(6),
                counts.getLong(7),
                counts.getLong(8));
    }

    private static Column counted(Column condition) {
        return functions.coalesce(sum(when(condition, 1L).otherwise(0L)), lit(0L));
    }

    private Dataset<Row> images(String runId) {
        Dataset<Row> rejects =
                of(Table.REJECTS, runId).select(col(IMAGE_ID), lit(true).as("out"));
        return of(Table.IMAGES, runId)
                .select(IMAGE_ID, "label", "sha256")
                .join(rejects, new String[] {IMAGE_ID}, "left_outer")
                .select(
                        col(IMAGE_ID),
                        col("label"),
                        col("sha256"),
                        col("out").isNotNull().as("rejected"));
    }

    /** How many images went from which predicted class to which. */
    Dataset<FlipRow> flips() {
        Dataset<Row> before = of(Table.PREDICTIONS, baseline)
                .select(
                        col(IMAGE_ID),
                        col("predicted").as("predicted_before"),
                        col("correct").as("correct_before"));
        Dataset<Row> after = of(Table.PREDICTIONS, candidate)
                .select(
                        col(IMAGE_ID),
                        col("predicted").as("predicted_after"),
                        col("correct").as("correct_after"));
        return before.join(after, IMAGE_ID)
                .groupBy("predicted_before", "predicted_after", "correct_before", "correct_after")
                .agg(count(lit(1)).as("images"))
                .withColumn("run_id", lit(candidate))
                .withColumn("baseline", lit(baseline))
                .as(Table.FLIPS.encoder());
    }

    private <R extends Record> Dataset<R> of(Table<R> table, String runId) {
        return table.read(spark, out).filter(col("run_id").equalTo(runId));
    }
}
