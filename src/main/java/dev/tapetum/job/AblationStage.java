package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.WeightedMean;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.RecordEncoder;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What taking features out does to classes, beside what the controls do: mean changes over images with their intervals, and as
 * many of the differences from each control, which are taken image by image, since what an image does to both of them is no part of
 * how they differ. One Spark job; all tests of the run are one family.
 *
 * @param classes the classes that are told by name, beside each image's own
 */
record AblationStage(Plan plan, Set<String> classes, String runId) {

    private static final List<String> KEYS =
            List.of("editor", "sae", "feature", "control", "target", "attribute", "group");
    private static final String CHANGE = "change";
    private static final String DIFFERENCE = "difference";

    /** Of all images and of every group; none for a plan that sets no feature. */
    List<FeatureAblationRow> rows(Dataset<Row> evidence) {
        if (FeatureChoice.editors(plan).isEmpty()) {
            return List.of();
        }

        Dataset<Row> changes = AblationChanges.columns(evidence)
                .flatMap(
                        new AblationChanges(plan.dataset().attributes(), classes),
                        RecordEncoder.of(AblationChanges.Change.class))
                .toDF();
        boolean clustered = plan.dataset().cluster() != null;
        List<Row> sums = new UnitMeans(KEYS, List.of(CHANGE, DIFFERENCE), clustered)
                .sums(changes)
                .collectAsList();
        double[] pValues = sums.stream().mapToDouble(AblationStage::pValue).toArray();
        double[] qValues = FalseDiscoveryRate.benjaminiHochberg(pValues);
        return IntStream.range(0, pValues.length)
                .mapToObj(i -> row(sums.get(i), pValues[i], qValues[i]))
                .toList();
    }

    private static boolean isItself(Row sums) {
        return sums.<String>getAs("control").equals(FeatureAblationRow.ITSELF);
    }

    private static double pValue(Row sums) {
        return UnitMeans.mean(sums, isItself(sums) ? CHANGE : DIFFERENCE).pValue();
    }

    private FeatureAblationRow row(Row sums, double pValue, double qValue) {
        double confidence = plan.statistics().confidence();
        boolean itself = isItself(sums);
        WeightedMean change = UnitMeans.mean(sums, CHANGE);
        WeightedMean difference = UnitMeans.mean(sums, DIFFERENCE);
        Interval ofChange = change.interval(confidence).clip(-1, 1);
        Interval ofDifference =
                itself ? Interval.NONE : difference.interval(confidence).clip(-2, 2);
        return new FeatureAblationRow(
                runId,
                sums.getAs("editor"),
                sums.getAs("sae"),
                sums.<Integer>getAs("feature"),
                sums.getAs("control"),
                sums.getAs("target"),
                sums.getAs("attribute"),
                sums.getAs("group"),
                UnitMeans.n(sums),
                change.units(),
                change.value(),
                StatisticTables.number(ofChange.low()),
                StatisticTables.number(ofChange.high()),
                itself ? null : difference.value(),
                StatisticTables.number(ofDifference.low()),
                StatisticTables.number(ofDifference.high()),
                confidence,
                StatisticTables.number(pValue),
                StatisticTables.number(qValue));
    }
}
