package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
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

    /** Every metric that a run of these methods can have. */
    static List<Metric> metrics(GroupLayout layout, List<Attributor> methods) {
        Set<String> ambiguous = ambiguous(methods);
        List<String> summaries = methods.stream()
                .flatMap(method -> Summaries.MEASURES.stream()
                        .map(measure -> Summaries.name(measure, label((Record) method, ambiguous))))
                .distinct()
                .toList();
        List<Integer> classes =
                IntStream.range(0, layout.classes().size()).boxed().toList();
        return Metric.all(layout, classes, summaries);
    }

    static GroupStatistics statistics(
            Dataset<Row> evidence, StatisticsSettings settings, GroupLayout layout, List<Attributor> methods) {
        Summaries summaries = new Summaries(ambiguous(methods));
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

    /** The names of methods that a run uses with different parameters, which only their full text tells apart. */
    private static Set<String> ambiguous(List<Attributor> methods) {
        Map<String, Long> uses = methods.stream()
                .collect(Collectors.groupingBy(method -> CanonicalText.name((Record) method), Collectors.counting()));
        return uses.keySet().stream()
                .filter(name -> uses.getOrDefault(name, 0L) > 1)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String label(Record method, Set<String> ambiguous) {
        String name = CanonicalText.name(method);
        return ambiguous.contains(name) ? CanonicalText.of(method) : name;
    }

    /**
     * Reads a row of evidence as an observation.
     *
     * @param ambiguous methods that are named by their full text
     */
    private record Summaries(Set<String> ambiguous) implements Serializable {

        private static final List<String> MEASURES =
                List.of("gini", "entropy", "positive_share", "mask_share", "completeness_delta");
        private static final int FIRST_MEASURE = 9;

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
                    functions.col("attributions.method")));
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
            List<String> methods = row.getList(8);
            Map<String, Double> summaries = new HashMap<>();
            for (int m = 0; m < MEASURES.size(); m++) {
                List<@Nullable Double> values = row.getList(FIRST_MEASURE + m);
                for (int i = 0; i < names.size(); i++) {
                    Double value = values.get(i);
                    if (value != null) {
                        String method = ambiguous.contains(names.get(i)) ? methods.get(i) : names.get(i);
                        summaries.put(name(MEASURES.get(m), method), size(MEASURES.get(m), value));
                    }
                }
            }

            return summaries;
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
