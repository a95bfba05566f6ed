package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.attributionmetric.Perturbation;
import dev.tapetum.config.Plan;
import dev.tapetum.config.Target;
import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.report.Explanations;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.AttributionMetricRow;
import dev.tapetum.table.GroupMetricRow;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What the tables of a run say about its methods as such: whether to believe them, and whether they agree. */
final class ExplanationStage {

    private ExplanationStage() {}

    /** The verdict on each method of the plan. */
    static List<ExplanationTrust> trust(Plan plan, List<GroupMetric> metrics) {
        return ExplanationTrust.all(methods(plan), metrics, plan.attribution().trust(), plan.statisticsSettings());
    }

    private static List<String> methods(Plan plan) {
        Labels labels = Labels.of(plan.attribution().methods());
        return plan.attribution().methods().stream()
                .map(method -> labels.of((Record) method))
                .toList();
    }

    /**
     * All that the report tells.
     *
     * @param rows the group metrics of the run
     * @param measured what the metrics of the plan found, of the same run
     */
    static Explanations of(
            Plan plan,
            List<ExplanationTrust> trust,
            Established established,
            List<GroupMetricRow> rows,
            Dataset<AttributionMetricRow> measured,
            Examples examples) {
        if (trust.isEmpty()) {
            return Explanations.NONE;
        }

        Gallery.Hung typical = examples.typical(explained(plan));
        return new Explanations(
                trust,
                established,
                measured(plan),
                agreement(plan, measured),
                rows.stream().filter(row -> isByTarget(row, plan)).toList(),
                typical.images(),
                "For each of the classes predicted most often, the image in the middle of its images by loss, or where"
                        + " there are no labels by confidence" + typical.lacking() + ".");
    }

    /** Whether a row is of a class that attributions explain, and not of an attribute of the plan. */
    static boolean isByTarget(GroupMetricRow row, Plan plan) {
        return row.attribute().equals(Group.TARGET)
                && !plan.dataset().attributes().contains(Group.TARGET);
    }

    /** Which images have maps. */
    private static Column explained(Plan plan) {
        return plan.attribution().target().equals(Target.LABEL)
                ? functions.col("label_index").isNotNull()
                : functions.lit(true);
    }

    private static List<Explanations.Measured> measured(Plan plan) {
        Labels labels = Labels.of(plan.attributionMetrics());
        List<Explanations.Measured> measured = new ArrayList<>();
        for (AttributionMetric metric : plan.attributionMetrics()) {
            Record record = (Record) metric;
            measured.add(new Explanations.Measured(
                    CanonicalText.name(record), CanonicalText.of(record), labels.parameters(record), isAttack(record)));
        }

        return measured;
    }

    /** A perturbation that is not drawn at random is looked for. */
    private static boolean isAttack(Record metric) {
        return Arrays.stream(metric.getClass().getRecordComponents())
                .filter(component -> component.getType() == Perturbation.class)
                .anyMatch(component -> !(value(metric, component) instanceof Perturbation.Random));
    }

    private static Object value(Record metric, RecordComponent component) {
        return Objects.requireNonNull(CanonicalText.read(metric, component));
    }

    /** The means of the readings whose detail is another method of the run: as many as methods squared, for any number of images. */
    private static List<Explanations.PairAgreement> agreement(Plan plan, Dataset<AttributionMetricRow> measured) {
        Labels labels = Labels.of(plan.attribution().methods());
        Map<String, String> labelOf = new HashMap<>();
        for (Attributor method : plan.attribution().methods()) {
            labelOf.put(CanonicalText.of((Record) method), labels.of((Record) method));
        }

        List<Row> pairs = measured.filter(
                        functions.col("detail").isin(labelOf.keySet().toArray()))
                .groupBy("metric", "metric_name", "method", "detail")
                .agg(functions.avg("value"), functions.count("value"))
                .filter("count(value) > 0")
                .orderBy("metric", "method", "detail")
                .collectAsList();
        return pairs.stream()
                .map(pair -> new Explanations.PairAgreement(
                        pair.getString(0),
                        pair.getString(1),
                        labelOf.getOrDefault(pair.getString(2), pair.getString(2)),
                        labelOf.getOrDefault(pair.getString(3), pair.getString(3)),
                        pair.getDouble(4),
                        pair.getLong(5)))
                .toList();
    }
}
