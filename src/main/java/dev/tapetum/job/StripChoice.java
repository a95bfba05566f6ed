package dev.tapetum.job;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.table.StripCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Which images the film strips of a run show: for each editor, and the class that speaks for it, the one whose answer is strongest,
 * one in the middle of all, and one that does not answer to the order of the steps.
 */
final class StripChoice {

    /** The strips of more editors than this nobody looks at. */
    private static final int MOST_EDITORS = 24;

    /** An image answers to the order of the steps if its p-value is at most this. */
    private static final double LEVEL = 0.05;

    private StripChoice() {}

    /** One strip. */
    record Strip(
            String editor,
            StripCase shown,
            String imageId,
            int shard,
            String target,
            int targetIndex,
            double expected,
            @Nullable Double p) {}

    /** Two passes over the evidence: one for the ends and the middle, one for the image next to the middle. */
    static List<Strip> of(Dataset<Row> evidence, Map<String, String> headlines) {
        List<String> editors = headlines.keySet().stream().limit(MOST_EDITORS).toList();
        Dataset<Row> gradients = evidence.select(
                        col("image_id"),
                        col("shard"),
                        explode(col("interventions")).as("part"))
                .select(
                        col("image_id"),
                        col("shard"),
                        col("part.editor").as("editor"),
                        explode(col("part.gradients")).as("gradient"))
                .where(col("gradient.expected_gradient").isNotNull().and(speaking(editors, headlines)))
                .select(
                        col("editor"),
                        col("gradient.expected_gradient").as("expected"),
                        col("gradient.p_value").as("p"),
                        struct(
                                        col("image_id"),
                                        col("gradient.target").as("target"),
                                        col("gradient.target_index").as("target_index"),
                                        col("gradient.expected_gradient").as("expected"),
                                        col("gradient.p_value").as("p"),
                                        col("shard"))
                                .as("case"));
        Column id = col("case.image_id");
        Column quiet = col("p").gt(LEVEL);
        Map<String, Row> ends = byEditor(gradients
                .groupBy("editor")
                .agg(
                        percentile_approx(col("expected"), lit(0.5), lit(10_000)),
                        max_by(col("case"), struct(col("expected"), id)),
                        max_by(when(quiet, col("case")), when(quiet, struct(col("p"), id)))));
        Map<String, Row> typical = byEditor(gradients
                .withColumn("middle", middle(ends))
                .groupBy("editor")
                .agg(min_by(col("case"), struct(abs(col("expected").minus(col("middle"))), id))));
        List<Strip> strips = new ArrayList<>();
        for (String editor : editors) {
            Row row = ends.get(editor);
            if (row != null) {
                add(strips, editor, StripCase.STRONGEST, row.getStruct(2));
                add(
                        strips,
                        editor,
                        StripCase.TYPICAL,
                        requireNonNull(typical.get(editor)).getStruct(1));
                add(strips, editor, StripCase.INSIGNIFICANT, row.getStruct(3));
            }
        }

        return strips;
    }

    private static Map<String, Row> byEditor(Dataset<Row> rows) {
        Map<String, Row> byEditor = new HashMap<>();
        rows.collectAsList().forEach(row -> byEditor.put(row.getString(0), row));
        return byEditor;
    }

    /** The middle of each editor's gradients. */
    private static Column middle(Map<String, Row> ends) {
        return ends.values().stream()
                .map(row -> when(col("editor").equalTo(row.getString(0)), lit(row.getDouble(1))))
                .reduce(lit(null), (one, other) -> coalesce(one, other));
    }

    /** Of each editor, the gradients of the class that speaks for it. */
    private static Column speaking(List<String> editors, Map<String, String> headlines) {
        return editors.stream()
                .map(editor -> col("editor").equalTo(editor).and(isOf(requireNonNull(headlines.get(editor)))))
                .reduce(lit(false), Column::or);
    }

    private static Column isOf(String target) {
        return target.equals(ResponseMeasure.OWN_TARGET)
                ? col("gradient.own")
                : col("gradient.target").equalTo(target);
    }

    private static void add(List<Strip> strips, String editor, StripCase shown, @Nullable Row found) {
        if (found != null) {
            strips.add(new Strip(
                    editor,
                    shown,
                    found.getString(0),
                    found.getInt(5),
                    found.getString(1),
                    found.getInt(2),
                    found.getDouble(3),
                    found.isNullAt(4) ? null : found.getDouble(4)));
        }
    }
}
