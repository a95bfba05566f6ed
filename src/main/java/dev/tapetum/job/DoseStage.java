package dev.tapetum.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.stats.WeightedMean;
import dev.tapetum.table.DoseResponseRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The curves of what a class's mean probability is at each strength of a property, in the whole and in every group: sums by
 * Spark, intervals on the driver, two Spark jobs however many curves there are.
 *
 * <p>Images share a point where the strength is the same, to the last bit, and whichever step of theirs it is: an editor's own
 * strengths are those of every image, and of edited images that a user has each may have its own. The step of a point is
 * the rank of its strength.
 */
final class DoseStage {

    /** As many as an editor's own steps may be. Of more, hardly any is that of two images, and no page or driver holds them. */
    static final int MOST_STRENGTHS = 1000;

    private static final List<String> KEYS = List.of("editor", "property", "target", "attribute", "group", "strength");

    /** Matches where {@code String.isBlank} is false, by which groups of metrics are told. */
    private static final String NOT_BLANK = "\\P{javaWhitespace}";

    private DoseStage() {}

    /**
     * The points of all curves.
     *
     * @param classes the classes that have curves of their own
     * @param remarks hears of editors that have none
     */
    static List<DoseResponseRow> curves(
            Dataset<Row> evidence, Plan plan, Set<String> classes, String runId, Consumer<String> remarks) {
        if (plan.interventions().isEmpty()) {
            return List.of();
        }

        double confidence = plan.statistics().confidence();
        Map<String, Map<Double, Integer>> ranks = ranks(evidence, remarks);
        Dataset<Row> points = points(evidence, plan, classes)
                .where(col("editor").isin(ranks.keySet().toArray()));
        UnitMeans means = new UnitMeans(KEYS, List.of("p"), plan.dataset().cluster() != null);
        return means.sums(points).collectAsList().stream()
                .map(row -> row(row, rank(ranks, row), confidence, runId))
                .toList();
    }

    /** The strengths of each editor on any image, in their order; without the editors that have too many for a curve. */
    private static Map<String, Map<Double, Integer>> ranks(Dataset<Row> evidence, Consumer<String> remarks) {
        List<Row> strengths = evidence.select(explode(col("interventions")).as("part"))
                .select(
                        col("part.editor").as("editor"),
                        explode(col("part.steps.strength")).as("strength"))
                .distinct()
                .withColumn(
                        "rank", row_number().over(Window.partitionBy("editor").orderBy("strength")))
                .where(col("rank").leq(MOST_STRENGTHS + 1))
                .collectAsList();
        Map<String, Map<Double, Integer>> ranks = new TreeMap<>();
        strengths.forEach(row -> ranks.computeIfAbsent(row.getString(0), editor -> new HashMap<>())
                .put(row.getDouble(1), row.getInt(2) - 1));
        ranks.entrySet().removeIf(editor -> {
            boolean tooMany = editor.getValue().size() > MOST_STRENGTHS;
            if (tooMany) {
                remarks.accept(
                        "There are no dose-response curves of " + editor.getKey() + ": its images have more than "
                                + MOST_STRENGTHS
                                + " different strengths, and share a point only where theirs are equal; round the"
                                + " strengths in its manifest");
            }

            return tooMany;
        });
        return ranks;
    }

    private static int rank(Map<String, Map<Double, Integer>> ranks, Row row) {
        return Objects.requireNonNull(
                Objects.requireNonNull(ranks.get(row.getString(0))).get(row.getDouble(5)));
    }

    /** A row per image, editor, step, target and group. */
    private static Dataset<Row> points(Dataset<Row> evidence, Plan plan, Set<String> classes) {
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
                col("step_part.strength").as("strength"),
                explode(col("step_part.outcomes")).as("outcome"));
        Dataset<Row> own = outcomes.where(col("outcome.own")).withColumn("target", lit(ResponseMeasure.OWN_TARGET));
        Dataset<Row> targets = own.unionByName(outcomes.withColumn("target", col("outcome.target"))
                .where(col("target").isin(classes.toArray())));
        List<Column> groups = new ArrayList<>(List.of(lit(Group.WHOLE.attribute()), lit(Group.WHOLE.value())));
        for (String attribute : plan.dataset().attributes()) {
            groups.add(lit(attribute));
            Column value = try_element_at(col("attributes"), lit(attribute));
            groups.add(when(value.rlike(NOT_BLANK), value).otherwise(lit(Group.MISSING)));
        }

        return targets.select(
                col("*"),
                col("outcome.probability").as("p"),
                explode(map(groups.toArray(Column[]::new))).as(new String[] {"attribute", "group"}));
    }

    private static DoseResponseRow row(Row row, int step, double confidence, String runId) {
        WeightedMean mean = UnitMeans.mean(row, "p");
        return new DoseResponseRow(
                runId,
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                step,
                row.getDouble(5),
                UnitMeans.n(row),
                mean.value(),
                StatisticTables.number(mean.interval(confidence).clip(0, 1).low()),
                StatisticTables.number(mean.interval(confidence).clip(0, 1).high()),
                confidence);
    }
}
