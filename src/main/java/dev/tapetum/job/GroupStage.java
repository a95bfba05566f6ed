package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Metric;
import dev.tapetum.fairness.Observation;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * From evidence to group statistics: each task folds its images into one state, states are merged in a tree, and the
 * driver finishes the last one. Reads the columns that it needs and no maps.
 */
final class GroupStage {

    private static final int TREE_DEPTH = 2;

    private GroupStage() {}

    /** What is fixed about the groups of a run before its first image. */
    static GroupLayout layout(Plan plan, ModelBundle bundle) {
        return new GroupLayout(
                plan.dataset().attributes(),
                bundle.card().classes(),
                plan.dataset().cluster() != null);
    }

    /** Every metric that a run of this plan can have. */
    static List<Metric> metrics(GroupLayout layout, Plan plan) {
        Labels methods = Labels.of(plan.attribution().methods());
        Labels metrics = Labels.of(plan.attributionMetrics());
        List<String> summaries = new ArrayList<>();
        for (Attributor method : plan.attribution().methods()) {
            String label = methods.of((Record) method);
            Summaries.MEASURES.forEach(measure -> summaries.add(Summaries.name(measure, label)));
            for (AttributionMetric metric : plan.attributionMetrics()) {
                Record record = (Record) metric;
                summaries.add(
                        Summaries.metricName(CanonicalText.name(record), CanonicalText.of(record), label, metrics));
            }
        }

        List<Integer> classes =
                IntStream.range(0, layout.classes().size()).boxed().toList();
        return Metric.all(layout, classes, summaries);
    }

    static GroupStatistics statistics(Dataset<Row> evidence, Plan plan, GroupLayout layout) {
        StatisticsSettings settings = plan.statisticsSettings();
        Summaries summaries =
                new Summaries(Labels.of(plan.attribution().methods()), Labels.of(plan.attributionMetrics()));
        return evidence.select(Summaries.columns())
                .javaRDD()
                .treeAggregate(
                        new GroupStates(settings, layout),
                        (states, row) -> {
                            states.add(summaries.observation(row));
                            return states;
                        },
                        (states, others) -> {
                            states.merge(others);
                            return states;
                        },
                        TREE_DEPTH)
                .finish();
    }

    /**
     * What methods or metrics are called in the name of a statistic: by their name in the plan, unless a run uses that one
     * with different parameters, which only the full text tells apart.
     */
    private record Labels(Set<String> ambiguous) implements Serializable {

        static Labels of(List<?> records) {
            Map<String, Long> uses = records.stream()
                    .collect(Collectors.groupingBy(
                            record -> CanonicalText.name((Record) record), Collectors.counting()));
            return new Labels(uses.keySet().stream()
                    .filter(name -> uses.getOrDefault(name, 0L) > 1)
                    .collect(Collectors.toUnmodifiableSet()));
        }

        boolean tells(String name) {
            return !ambiguous.contains(name);
        }

        String of(String name, String text) {
            return tells(name) ? name : text;
        }

        String of(Record record) {
            return of(CanonicalText.name(record), CanonicalText.of(record));
        }
    }

    /**
     * Reads a row of evidence as an observation.
     *
     * @param methods what the methods are called
     * @param metrics what the metrics of attributions are called
     */
    private record Summaries(Labels methods, Labels metrics) implements Serializable {

        private static final List<String> MEASURES =
                List.of("gini", "entropy", "positive_share", "mask_share", "completeness_delta");
        private static final int FIRST_MEASURE = 10;

        static Column[] columns() {
            List<Column> columns = new ArrayList<>(List.of(
                    functions.col("image_id"),
                    functions.col("cluster"),
                    functions.col("attributes"),
                    functions.col("label_index"),
                    functions.col("prediction.predicted_index"),
                    functions.col("prediction.confidence"),
                    functions.col("reject").isNotNull(),
                    functions.col("attributions.method_name"),
                    functions.col("attributions.method"),
                    functions.col("attributions.metrics")));
            MEASURES.forEach(measure -> columns.add(functions.col("attributions." + measure)));
            return columns.toArray(Column[]::new);
        }

        Observation observation(Row row) {
            int label = row.isNullAt(3) ? Observation.UNKNOWN : row.getInt(3);
            Map<String, String> attributes = row.getJavaMap(2);
            return row.getBoolean(6)
                    ? Observation.rejected(row.getString(0), row.getString(1), attributes, label)
                    : Observation.scored(
                            row.getString(0),
                            row.getString(1),
                            attributes,
                            label,
                            row.getInt(4),
                            row.getDouble(5),
                            summaries(row));
        }

        private Map<String, Double> summaries(Row row) {
            List<String> names = row.getList(7);
            List<String> texts = row.getList(8);
            List<scala.collection.Seq<Row>> measured = row.getList(9);
            Map<String, Double> summaries = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String method = methods.of(names.get(i), texts.get(i));
                for (int m = 0; m < MEASURES.size(); m++) {
                    List<@Nullable Double> values = row.getList(FIRST_MEASURE + m);
                    Double value = values.get(i);
                    if (value != null) {
                        summaries.put(name(MEASURES.get(m), method), size(MEASURES.get(m), value));
                    }
                }

                for (Row metric : CollectionConverters.asJava(measured.get(i))) {
                    // A metric's own number stands for its details, which would multiply what groups are compared by.
                    if (metric.isNullAt(2) && !metric.isNullAt(3)) {
                        summaries.put(
                                metricName(metric.getString(1), metric.getString(0), method, metrics),
                                metric.getDouble(3));
                    }
                }
            }

            return summaries;
        }

        /** The parameters of a metric come last, so that what stands before the bracket is a name. */
        private static String metricName(String name, String text, String method, Labels metrics) {
            return "attribution." + name + "[" + method + (metrics.tells(name) ? "" : ", " + text) + "]";
        }

        private static String name(String measure, String method) {
            String text = measure.equals("completeness_delta") ? "completeness-error" : measure.replace('_', '-');
            return "attribution." + text + "[" + method + "]";
        }

        /** An error counts by its size, whatever its sign. */
        private static double size(String measure, double value) {
            return measure.equals("completeness_delta") ? Math.abs(value) : value;
        }
    }
}
