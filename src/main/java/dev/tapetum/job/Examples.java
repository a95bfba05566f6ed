package dev.tapetum.job;

import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.report.GroupExamples;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.Table;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Images of the groups that the findings are about, with their heat maps: those that the model got most wrong, or, where
 * there are no labels, was least sure of; and a few ordinary ones.
 */
final class Examples {

    private static final int TYPICAL_IMAGES = 4;

    private static final int GROUPS = 3;
    private static final int IMAGES_PER_GROUP = 4;

    private final SparkSession spark;
    private final RunFolder folder;
    private final Gallery gallery;

    Examples(SparkSession spark, RunFolder folder, Gallery gallery) {
        this.spark = spark;
        this.folder = folder;
        this.gallery = gallery;
    }

    List<GroupExamples> of(List<Finding> findings) {
        Map<Group, Finding> groups = new LinkedHashMap<>();
        findings.forEach(finding -> groups.putIfAbsent(finding.gap().group(), finding));
        return groups.values().stream().limit(GROUPS).map(this::examples).toList();
    }

    /**
     * For each of the commonest predicted classes the image in the middle of its images by loss, or where there are no labels
     * by confidence.
     *
     * @param explained which images have maps
     */
    Gallery.Hung typical(Column explained) {
        WindowSpec alike = Window.partitionBy("predicted");
        Dataset<Row> places = ofRun(Table.PREDICTIONS)
                .filter(explained)
                .select(
                        functions.col("image_id"),
                        functions.col("predicted"),
                        functions
                                .row_number()
                                .over(alike.orderBy("loss", "confidence", "image_id"))
                                .as("place"),
                        functions.count("*").over(alike).as("images"));
        List<String> ids = places.filter("place = (images + 1) div 2")
                .orderBy(functions.col("images").desc(), functions.col("predicted"))
                .select("image_id")
                .as(Encoders.STRING())
                .takeAsList(TYPICAL_IMAGES);
        List<PredictionRow> typical =
                ofRun(Table.PREDICTIONS).filter(functions.col("image_id").isin(ids.toArray())).collectAsList().stream()
                        .sorted(Comparator.comparingInt(row -> ids.indexOf(row.imageId())))
                        .toList();
        return gallery.of(typical);
    }

    private GroupExamples examples(Finding finding) {
        Group group = finding.gap().group();
        Telling telling = Telling.of(finding.gap().metric().name());
        List<PredictionRow> worst = worst(group, telling);
        if (worst.isEmpty()) {
            telling = Telling.ALL;
            worst = worst(group, telling);
        }

        Gallery.Hung hung = gallery.of(worst);
        return new GroupExamples(
                group.attribute(),
                group.value(),
                finding.statement(),
                choice(telling, worst, hung.lacking()),
                hung.images());
    }

    private List<PredictionRow> worst(Group group, Telling telling) {
        return ofRun(Table.PREDICTIONS)
                .filter(Crossings.member(group))
                .filter(telling.images)
                .orderBy(
                        functions.col("loss").desc_nulls_last(), functions.col("confidence"), functions.col("image_id"))
                .takeAsList(IMAGES_PER_GROUP);
    }

    private static String choice(Telling telling, List<PredictionRow> worst, String lacking) {
        boolean labelled = worst.stream().anyMatch(prediction -> prediction.loss() != null);
        return "Of the group's images" + telling.words + ", the " + worst.size()
                + (labelled ? " with the highest loss" : " of which the model is least sure") + lacking + ".";
    }

    /**
     * Which images show what a metric is about.
     *
     * @param words the end of "the images"
     */
    private record Telling(Column images, String words) {

        static final Telling ALL = new Telling(functions.lit(true), "");

        private static final Pattern OF_A_CLASS = Pattern.compile("(.+-rate)\\[(.*)]");

        static Telling of(String metric) {
            if (metric.equals("accuracy")) {
                return new Telling(functions.not(functions.col("correct")), " that are predicted wrongly");
            }

            Matcher rate = OF_A_CLASS.matcher(metric);
            if (!rate.matches()) {
                return ALL;
            }

            String name = rate.group(2);
            Column predicted = functions.col("predicted").equalTo(name);
            Column wrong = functions.not(functions.col("correct"));
            return switch (rate.group(1)) {
                case "true-positive-rate" ->
                    new Telling(
                            wrong.and(functions.col("label").equalTo(name)),
                            " that are labelled " + name + " and not predicted so");
                case "false-positive-rate" ->
                    new Telling(predicted.and(wrong), " that are predicted " + name + " and not labelled so");
                default -> new Telling(predicted, " that are predicted " + name);
            };
        }
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).filter(functions.col("run_id").equalTo(folder.runId()));
    }
}
