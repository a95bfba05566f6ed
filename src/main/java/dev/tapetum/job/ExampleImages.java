package dev.tapetum.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * A few images that show each finding: of a group those that the model got most wrong, or, where there are no labels, was least
 * sure of; of a property those on which the class answers most; of a feature those in which it is most active. One Spark job
 * for all findings of a kind, which keeps no more than these per finding and partition.
 */
record ExampleImages(SparkSession spark, RunFolder folder) {

    static final int IMAGES = 4;

    /** Nobody follows more, and each is a condition that every image is held against. */
    private static final int MOST_FINDINGS = 40;

    private static final String FINDING = "finding";
    private static final String PLACE = "place";
    private static final Set<Finding.Kind> OF_GROUPS =
            Set.of(Finding.Kind.GAP, Finding.Kind.VALUE, Finding.Kind.CHANGE);

    /** The same findings with their images, in their order; those that have images already keep them. */
    List<Finding> shown(List<Finding> findings) {
        Map<Integer, List<String>> ids = ofGroups(findings);
        return findings.stream()
                .map(finding -> finding.shownBy(ids.getOrDefault(finding.rank(), finding.imageIds())))
                .toList();
    }

    /** By the rank of the finding. Where no image of the group shows the metric, all of them speak for it. */
    private Map<Integer, List<String>> ofGroups(List<Finding> findings) {
        List<Column> keys = new ArrayList<>();
        List<Finding> asked = findings.stream()
                .filter(finding ->
                        OF_GROUPS.contains(finding.kind()) && finding.imageIds().isEmpty())
                .filter(finding -> isOfScored(finding.metric()))
                .limit(MOST_FINDINGS)
                .toList();
        for (Finding finding : asked) {
            Column member = member(finding.group());
            keys.add(when(member.and(Telling.of(finding.metric()).images()), lit(finding.rank())));
            keys.add(when(member, lit(-finding.rank())));
        }

        if (keys.isEmpty()) {
            return Map.of();
        }

        Dataset<Row> found = ofRun(Table.PREDICTIONS)
                .select(
                        col("image_id"),
                        col("loss"),
                        col("confidence"),
                        explode(array_compact(array(keys.toArray(Column[]::new))))
                                .as(FINDING));
        Map<Integer, List<String>> ids = first(
                found,
                col("loss").desc_nulls_last(),
                col("confidence").asc(),
                col("image_id").asc());
        Map<Integer, List<String>> chosen = new HashMap<>();
        asked.forEach(finding -> chosen.put(
                finding.rank(), ids.getOrDefault(finding.rank(), ids.getOrDefault(-finding.rank(), List.of()))));
        return chosen;
    }

    /** A rejected image has no prediction to show. */
    private static boolean isOfScored(String metric) {
        return !metric.equals("reject-rate");
    }

    /** The images on which classes answer most to properties, by the place of the effect in the list. */
    Map<Integer, List<String>> answering(List<PropertyEffectRow> effects) {
        if (effects.isEmpty()) {
            return Map.of();
        }

        List<Column> keys = new ArrayList<>();
        for (PropertyEffectRow effect : effects) {
            Column followed = effect.target().equals(Group.WHOLE.value())
                    ? col("own")
                    : col("target").equalTo(effect.target());
            keys.add(when(col("editor").equalTo(effect.editor()).and(followed), lit(keys.size())));
        }

        Dataset<Row> found = ofRun(Table.PROPERTY_GRADIENTS)
                .where(col("expected_gradient").isNotNull())
                .select(
                        col("image_id"),
                        col("expected_gradient"),
                        explode(array_compact(array(keys.toArray(Column[]::new))))
                                .as(FINDING));
        return first(found, col("expected_gradient").desc(), col("image_id").asc());
    }

    /**
     * The first images that queries over this run return, by query. Views of a session of their own, since that of the user has the
     * names for other runs.
     */
    Map<String, List<String>> returned(List<String> queries) {
        Map<String, List<String>> ids = new HashMap<>();
        if (queries.isEmpty()) {
            return ids;
        }

        SparkSession views = spark.newSession();
        TableViews.register(views, folder.out(), folder.runId());
        Dataset<Row> all = queries.stream()
                .map(query -> views.sql(query)
                        .select(lit(query).as(FINDING), col("image_id"))
                        .limit(IMAGES))
                .reduce(Dataset::union)
                .orElseThrow();
        all.collectAsList()
                .forEach(row -> ids.computeIfAbsent(row.getString(0), query -> new ArrayList<>())
                        .add(row.getString(1)));
        return ids;
    }

    /** The images in which features are most active, by feature, the most first. */
    Map<Integer, List<String>> exemplars(List<Integer> features) {
        Map<Integer, List<String>> ids = new HashMap<>();
        if (!features.isEmpty()) {
            ofRun(Table.FEATURE_EXEMPLARS)
                    .where(col("feature").isin(features.toArray()))
                    .where(col("rank").leq(IMAGES))
                    .orderBy("feature", "rank")
                    .as(Table.FEATURE_EXEMPLARS.encoder())
                    .collectAsList()
                    .forEach(
                            (FeatureExemplarRow row) -> ids.computeIfAbsent(row.feature(), feature -> new ArrayList<>())
                                    .add(row.imageId()));
        }

        return ids;
    }

    private static Map<Integer, List<String>> first(Dataset<Row> found, Column... order) {
        WindowSpec ofOne = Window.partitionBy(FINDING).orderBy(order);
        Map<Integer, List<String>> ids = new HashMap<>();
        found.withColumn(PLACE, row_number().over(ofOne))
                .where(col(PLACE).leq(IMAGES))
                .orderBy(FINDING, PLACE)
                .select(FINDING, "image_id")
                .collectAsList()
                .forEach(row -> ids.computeIfAbsent(row.getInt(0), finding -> new ArrayList<>())
                        .add(row.getString(1)));
        return ids;
    }

    /** Images of a group; all of them for a statistic of the whole, or over all groups of an attribute. */
    private static Column member(Group group) {
        return group.value().equals(Group.WHOLE.value()) ? lit(true) : Crossings.member(group);
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).where(col("run_id").equalTo(folder.runId()));
    }
}
