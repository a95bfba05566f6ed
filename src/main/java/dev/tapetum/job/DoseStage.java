package dev.tapetum.job;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_element_at;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.stats.WeightedMean;
import dev.tapetum.table.DoseResponseRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The curves of what a class's mean probability is at each strength of a property, in the whole and in every group: sums by
 * Spark, intervals on the driver, one Spark job however many curves there are.
 */
final class DoseStage {

    private DoseStage() {}

    static List<DoseResponseRow> curves(Dataset<Row> evidence, Plan plan, boolean perClass, String runId) {
        if (plan.interventions().isEmpty()) {
            return List.of();
        }

        double confidence = plan.statistics().confidence();
        return sums(points(evidence, plan, perClass), plan.dataset().cluster() != null).collectAsList().stream()
                .map(row -> row(row, confidence, runId))
                .toList();
    }

    /** A row per image, editor, step, target and group. */
    private static Dataset<Row> points(Dataset<Row> evidence, Plan plan, boolean perClass) {
        Dataset<Row> steps = evidence.select(
                        col("image_id"),
                        coalesce(col("cluster"), col("image_id")).as("unit"),
                        col("attributes"),
                        explode(col("interventions")).as("part"))
                .select(col("*"), explode(col("part.steps")).as("step_part"))
                .where(col("step_part.valid"));
        Dataset<Row> outcomes = steps.select(
                col("unit"),
                col("attributes"),
                col("part.editor").as("editor"),
                col("part.property").as("property"),
                col("part.weight").as("weight"),
                col("step_part.step").as("step"),
                col("step_part.strength").as("strength"),
                explode(col("step_part.outcomes")).as("outcome"));
        Dataset<Row> own = outcomes.where(col("outcome.own")).withColumn("target", lit(ResponseMeasure.OWN_TARGET));
        Dataset<Row> targets = perClass ? own.unionByName(outcomes.withColumn("target", col("outcome.target"))) : own;
        List<Column> groups = new ArrayList<>(List.of(lit(Group.WHOLE.attribute()), lit(Group.WHOLE.value())));
        for (String attribute : plan.dataset().attributes()) {
            groups.add(lit(attribute));
            groups.add(coalesce(try_element_at(col("attributes"), lit(attribute)), lit(Group.MISSING)));
        }

        return targets.select(
                col("*"),
                col("outcome.probability").as("p"),
                explode(map(groups.toArray(Column[]::new))).as(new String[] {"attribute", "group"}));
    }

    /** Per unit first, where units are of several images: what {@link WeightedMean} is made of. */
    private static Dataset<Row> sums(Dataset<Row> points, boolean clustered) {
        Column[] keys = List.of("editor", "property", "target", "attribute", "group", "step").stream()
                .map(name -> col("`" + name + "`"))
                .toArray(Column[]::new);
        Dataset<Row> units = clustered
                ? points.groupBy(with(keys, col("unit")))
                        .agg(
                                count(lit(1)).as("n"),
                                sum("weight").as("w"),
                                sum(col("weight").multiply(col("p"))).as("wp"),
                                avg("strength").as("strength"))
                : points.select(with(
                        keys,
                        lit(1L).as("n"),
                        col("weight").as("w"),
                        col("weight").multiply(col("p")).as("wp"),
                        col("strength")));
        return units.groupBy(keys)
                .agg(
                        sum("n"),
                        count(lit(1)),
                        sum("w"),
                        sum("wp"),
                        sum(col("w").multiply(col("w"))),
                        sum(col("w").multiply(col("wp"))),
                        sum(col("wp").multiply(col("wp"))),
                        avg("strength"))
                .orderBy(keys);
    }

    private static Column[] with(Column[] keys, Column... more) {
        List<Column> columns = new ArrayList<>(List.of(keys));
        columns.addAll(List.of(more));
        return columns.toArray(Column[]::new);
    }

    private static DoseResponseRow row(Row row, double confidence, String runId) {
        WeightedMean mean = new WeightedMean(
                row.getLong(7),
                row.getDouble(8),
                row.getDouble(9),
                row.getDouble(10),
                row.getDouble(11),
                row.getDouble(12));
        return new DoseResponseRow(
                runId,
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getDouble(13),
                row.getLong(6),
                mean.value(),
                StatisticTables.number(mean.interval(confidence).clip(0, 1).low()),
                StatisticTables.number(mean.interval(confidence).clip(0, 1).high()),
                confidence);
    }
}
