package dev.tapetum.job;

import dev.tapetum.report.Interventions;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * What the tables of a run say about its interventions, cut to what a page has room for: the editors with the surest
 * answers, of each of the first few the curves in the largest groups and the pictures.
 */
final class InterventionReport {

    private static final int EDITORS = 40;
    private static final int DRAWN = 10;
    private static final int OTHER_TARGETS = 4;
    private static final int GROUPS = 6;

    private static final String RANK = "rank";

    private static final Column WHOLE = functions.col("attribute").equalTo(GroupMetricRow.WHOLE);

    private final SparkSession spark;
    private final RunFolder folder;

    private InterventionReport(SparkSession spark, RunFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /**
     * Reads what the report tells.
     *
     * @param followed what the gradients are of, {@code probability} or {@code logit}
     * @param reference the model against which errors under corruption are measured; empty for none
     */
    static Interventions of(SparkSession spark, RunFolder folder, String followed, String reference) {
        return new InterventionReport(spark, folder).read(followed, reference);
    }

    private Interventions read(String followed, String reference) {
        List<PropertyEffectRow> whole =
                ofRun(Table.PROPERTY_EFFECTS).filter(WHOLE).collectAsList();
        Map<String, PropertyEffectRow> headlines = Headline.of(whole);
        if (headlines.isEmpty()) {
            return new Interventions(0, followed, reference, List.of(), 0);
        }

        List<PropertyEffectRow> effects =
                headlines.values().stream().limit(EDITORS).toList();
        List<PropertyEffectRow> drawn = effects.subList(0, Math.min(DRAWN, effects.size()));
        Dataset<PropertyEffectRow> groups = groups(drawn);
        List<PropertyEffectRow> ofGroups = groups.collectAsList();
        List<DoseResponseRow> curves = curves(drawn, groups);

        List<Interventions.Property> properties = new ArrayList<>();
        for (PropertyEffectRow effect : effects) {
            boolean isDrawn = properties.size() < drawn.size();
            properties.add(new Interventions.Property(
                    effect,
                    others(whole, effect),
                    of(ofGroups, row -> row.editor().equals(effect.editor())),
                    of(curves, row -> row.editor().equals(effect.editor())),
                    isDrawn ? strips(effect.editor()) : List.of()));
        }

        return new Interventions(edited(), followed, reference, properties, headlines.size() - effects.size());
    }

    /** The next classes that answer to the editor of an effect. */
    private static List<PropertyEffectRow> others(List<PropertyEffectRow> whole, PropertyEffectRow effect) {
        return whole.stream()
                .filter(row ->
                        row.editor().equals(effect.editor()) && !row.target().equals(effect.target()))
                .sorted(Headline.SUREST_FIRST)
                .limit(OTHER_TARGETS)
                .toList();
    }

    /** The effects on the drawn classes in the largest groups of each attribute. */
    private Dataset<PropertyEffectRow> groups(List<PropertyEffectRow> drawn) {
        WindowSpec largestFirst = Window.partitionBy("editor", "attribute")
                .orderBy(functions.col("n").desc(), functions.col("group"));
        return ofRun(Table.PROPERTY_EFFECTS)
                .filter(functions.not(WHOLE))
                .filter(isOf(drawn))
                .withColumn(RANK, functions.row_number().over(largestFirst))
                .filter(functions.col(RANK).leq(GROUPS))
                .orderBy("editor", "attribute", RANK)
                .drop(RANK)
                .as(Table.PROPERTY_EFFECTS.encoder());
    }

    private List<DoseResponseRow> curves(List<PropertyEffectRow> drawn, Dataset<PropertyEffectRow> groups) {
        Dataset<DoseResponseRow> points = ofRun(Table.DOSE_RESPONSES).filter(isOf(drawn));
        Dataset<DoseResponseRow> ofGroups = points.join(
                        groups.select("editor", "target", "attribute", "group"),
                        new String[] {"editor", "target", "attribute", "group"},
                        "left_semi")
                .as(Table.DOSE_RESPONSES.encoder());
        return points.filter(WHOLE)
                .unionByName(ofGroups)
                .orderBy("editor", "attribute", "group", "step")
                .collectAsList();
    }

    private List<EditedImageRow> strips(String editor) {
        return ofRun(Table.EDITED_IMAGES)
                .filter(functions.col("editor").equalTo(editor))
                .orderBy(functions.col("shown"), functions.col("step").asc_nulls_first())
                .collectAsList();
    }

    private long edited() {
        return ofRun(Table.PROPERTY_GRADIENTS).select("image_id").distinct().count();
    }

    private static Column isOf(List<PropertyEffectRow> effects) {
        return effects.stream()
                .map(effect -> functions
                        .col("editor")
                        .equalTo(effect.editor())
                        .and(functions.col("target").equalTo(effect.target())))
                .reduce(functions.lit(false), Column::or);
    }

    private static <R> List<R> of(List<R> rows, Predicate<R> isOf) {
        return rows.stream().filter(isOf).toList();
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).filter(functions.col("run_id").equalTo(folder.runId()));
    }
}
