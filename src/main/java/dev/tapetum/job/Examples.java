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
        findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.GAP)
                .filter(finding -> !finding.imageIds().isEmpty())
                .forEach(finding -> groups.putIfAbsent(finding.group(), finding));
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
        return gallery.of(predictions(ids));
    }

    private GroupExamples examples(Finding finding) {
        List<PredictionRow> shown = predictions(finding.imageIds());
        Telling telling = Telling.of(finding.metric());
        Gallery.Hung hung = gallery.of(shown);
        return new GroupExamples(
                finding.group().attribute(),
                finding.group().value(),
                finding.statement(),
                choice(telling, shown, hung.lacking()),
                hung.images());
    }

    /** The predictions of some images, in their order. */
    private List<PredictionRow> predictions(List<String> ids) {
        return ofRun(Table.PREDICTIONS).filter(functions.col("image_id").isin(ids.toArray())).collectAsList().stream()
                .sorted(Comparator.comparingInt(row -> ids.indexOf(row.imageId())))
                .toList();
    }

    private static String choice(Telling telling, List<PredictionRow> shown, String lacking) {
        boolean labelled = shown.stream().anyMatch(prediction -> prediction.loss() != null);
        String words = shown.stream().allMatch(telling::shows) ? telling.words() : "";
        return "Of the group's images" + words + ", the " + shown.size()
                + (labelled ? " with the highest loss" : " of which the model is least sure") + lacking + ".";
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, folder.out()).filter(functions.col("run_id").equalTo(folder.runId()));
    }
}
