package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.WeightedMean;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.RecordEncoder;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What taking features out does to classes, beside what the controls do: mean changes over images with their intervals, and as
 * many of the differences from each control, which are taken image by image, since what an image does to both of them is no part of
 * how they differ. One Spark job.
 *
 * @param classes the classes that are told by name, beside each image's own
 */
record AblationStage(Plan plan, Set<String> classes, String runId) {

    private static final List<String> KEYS = List.of("sae", "feature", "control", "target", "attribute", "group");
    private static final String CHANGE = "change";
    private static final String DIFFERENCE = "difference";

    /** Of all images and of every group; none for a plan that sets no feature. */
    List<FeatureAblationRow> rows(Dataset<Row> evidence) {
        List<Integer> features = FeatureChoice.named(plan);
        if (features.isEmpty()) {
            return List.of();
        }

        // A feature that is set in several places has several rows of an image.
        boolean clustered =
                plan.dataset().cluster() != null || Set.copyOf(features).size() < features.size();
        Dataset<Row> changes = AblationChanges.columns(evidence)
                .flatMap(
                        new AblationChanges(plan.dataset().attributes(), classes),
                        RecordEncoder.of(AblationChanges.Change.class))
                .toDF();
        return new UnitMeans(KEYS, List.of(CHANGE, DIFFERENCE), clustered)
                .sums(changes).collectAsList().stream().map(this::row).toList();
    }

    private FeatureAblationRow row(Row sums) {
        String control = sums.getString(2);
        double confidence = plan.statistics().confidence();
        boolean itself = control.equals(FeatureAblationRow.ITSELF);
        WeightedMean change = UnitMeans.mean(sums, CHANGE);
        WeightedMean difference = UnitMeans.mean(sums, DIFFERENCE);
        Interval ofChange = change.interval(confidence).clip(-1, 1);
        Interval ofDifference =
                itself ? Interval.NONE : difference.interval(confidence).clip(-2, 2);
        return new FeatureAblationRow(
                runId,
                sums.getString(0),
                sums.getInt(1),
                control,
                sums.getString(3),
                sums.getString(4),
                sums.getString(5),
                UnitMeans.n(sums),
                change.units(),
                change.value(),
                StatisticTables.number(ofChange.low()),
                StatisticTables.number(ofChange.high()),
                itself ? null : difference.value(),
                StatisticTables.number(ofDifference.low()),
                StatisticTables.number(ofDifference.high()),
                confidence);
    }
}
