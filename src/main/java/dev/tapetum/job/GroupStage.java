package dev.tapetum.job;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.MethodMeasure;
import dev.tapetum.fairness.Metric;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Partition;
import dev.tapetum.fairness.PropertyEffect;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * From evidence to group statistics: each task folds its images into one state, states are merged in a tree, and the
 * driver finishes the last one. Reads the columns that it needs and no maps, once for every part of the responses to
 * interventions ({@link ResponseParts}).
 */
final class GroupStage {

    private static final int TREE_DEPTH = 2;

    /** Else the driver would get the square root of the number of partitions of them, beyond what a driver takes. */
    private static final boolean FINAL_MERGE_ON_EXECUTOR = true;

    /** More classes than this are no table that anyone reads, and their states no size that a task should send. */
    private static final int MOST_TARGETS = 50;

    private GroupStage() {}

    /** What is fixed about the groups of a run before its first image. */
    static GroupLayout layout(Plan plan, ModelBundle bundle) {
        return layout(plan, bundle.card().classes());
    }

    /** The same without the crossings that would have too many groups. */
    static GroupLayout layout(Plan plan, ModelBundle bundle, IndexSummary listed) {
        return layout(plan, bundle).crossing(Crossings.of(plan, listed).kept());
    }

    static GroupLayout layout(Plan plan, List<String> classes) {
        List<String> attributes = plan.dataset().attributes();
        boolean byTarget = !plan.attributionMetrics().isEmpty()
                && classes.size() <= MOST_TARGETS
                && !attributes.contains(Group.TARGET);
        return new GroupLayout(
                attributes,
                classes,
                plan.dataset().cluster() != null,
                byTarget,
                watched(plan),
                Partition.crossings(attributes, plan.statistics().intersections()),
                plan.references());
    }

    /**
     * The features that the plan names, ascending. Not those that it sets to values: a report suggests to set features that stand
     * out in its images, and on the same images their frequencies would be tested where they were found.
     */
    private static List<Integer> watched(Plan plan) {
        return plan.sae().features().stream().sorted().toList();
    }

    /** Every metric that a run of this plan can have. */
    static List<Metric> metrics(GroupLayout layout, Plan plan, ModelCard model) {
        Labels methods = Labels.of(plan.attribution().methods());
        Labels metrics = Labels.of(plan.attributionMetrics());
        List<String> summaries = new ArrayList<>();
        for (Attributor method : plan.attribution().methods()) {
            String label = methods.of((Record) method);
            Summaries.MEASURES.forEach(measure -> summaries.add(Summaries.measure(measure, label)));
            for (AttributionMetric metric : plan.attributionMetrics()) {
                Record record = (Record) metric;
                summaries.add(
                        new MethodMeasure(CanonicalText.name(record), label, metrics.parameters(record)).summary());
            }
        }

        summaries.addAll(InterventionSummaries.ofNames(plan, model).names(plan));
        List<Integer> classes =
                IntStream.range(0, layout.classes().size()).boxed().toList();
        return Metric.all(layout, classes, summaries);
    }

    /**
     * What a run says of its groups.
     *
     * @param effects how strongly classes answer to properties
     */
    record Grouped(GroupStatistics statistics, List<PropertyEffect> effects) {}

    /** The statistics of all images of a run. */
    static Grouped grouped(
            Dataset<Row> evidence,
            Plan plan,
            GroupLayout layout,
            InterventionSummaries interventions,
            ResponseParts responses,
            RunListener listener) {
        StatisticsSettings settings = plan.statisticsSettings();
        Labels methods = Labels.of(plan.attribution().methods());
        Labels metrics = Labels.of(plan.attributionMetrics());
        List<GroupStatistics> statistics = new ArrayList<>();
        List<PropertyEffect> effects = new ArrayList<>();
        int parts = responses.parts().size();
        for (int i = 0; i < parts; i++) {
            listener.step("Group statistics" + (parts == 1 ? "" : ", part " + (i + 1) + " of " + parts));
            Summaries summaries = new Summaries(
                    methods,
                    metrics,
                    layout.features(),
                    interventions,
                    responses.parts().get(i),
                    i == 0);
            GroupStates states = states(evidence, settings, layout, summaries);
            statistics.add(i == 0 ? states.finish() : states.finish(Set.of(Family.INTERVENTION)));
            effects.addAll(states.effects(plan.propertyGradients().minEffect()));
        }

        return new Grouped(GroupStatistics.together(statistics, settings), PropertyEffect.corrected(effects, settings));
    }

    private static GroupStates states(
            Dataset<Row> evidence, StatisticsSettings settings, GroupLayout layout, Summaries summaries) {
        return rows(evidence, layout.features())
                .treeAggregate(
                        new GroupStates(settings, layout),
                        (states, row) -> {
                            summaries.add(row, states);
                            return states;
                        },
                        (states, others) -> {
                            states.merge(others);
                            return states;
                        },
                        TREE_DEPTH,
                        FINAL_MERGE_ON_EXECUTOR);
    }

    /** In no more partitions than tasks run at once: each makes a state, and ships it to be merged. */
    static JavaRDD<Row> rows(Dataset<Row> evidence, List<Integer> features) {
        JavaRDD<Row> rows = evidence.select(Summaries.columns(features)).javaRDD();
        return rows.coalesce(Math.max(1, rows.context().defaultParallelism()));
    }

    /**
     * Reads a row of evidence as an observation.
     *
     * @param methods what the methods are called
     * @param metrics what the metrics of attributions are called
     * @param features whose frequency is told
     * @param interventions reads what interventions told
     * @param responses which of that is kept
     * @param all whether all else is kept as well: once, in whichever part
     */
    private record Summaries(
            Labels methods,
            Labels metrics,
            List<Integer> features,
            InterventionSummaries interventions,
            Set<String> responses,
            boolean all)
            implements Serializable {

        private static final List<String> MEASURES = List.of(
                "gini", "entropy", "positive_share", "mask_share", "centre_x", "centre_y", "completeness_delta");
        private static final int INTERVENTIONS = 11;
        private static final int FEATURES = 12;
        private static final int FIRST_MEASURE = 13;

        static Column[] columns(List<Integer> features) {
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
                    functions.col("attributions.metrics"),
                    functions.col("attributions.target"),
                    InterventionSummaries.column(),
                    active(features)));
            MEASURES.forEach(measure -> columns.add(functions.col("attributions." + measure)));
            return columns.toArray(Column[]::new);
        }

        /** Which of some features are active in an image. Only a run that asks reads what all images show. */
        private static Column active(List<Integer> features) {
            Column asked = functions
                    .array(features.stream().map(functions::lit).toArray(Column[]::new))
                    .cast("array<int>");
            return features.isEmpty() ? asked : functions.array_intersect(functions.col("features.active"), asked);
        }

        void add(Row row, GroupStates states) {
            if (all) {
                states.add(observation(row));
            } else {
                states.addResponses(observation(row));
            }
        }

        private Observation observation(Row row) {
            int label = row.isNullAt(3) ? Observation.UNKNOWN : row.getInt(3);
            Map<String, String> attributes = row.getJavaMap(2);
            if (row.getBoolean(6)) {
                return Observation.rejected(row.getString(0), row.getString(1), attributes, label);
            }

            Observation scored = Observation.scored(
                            row.getString(0),
                            row.getString(1),
                            attributes,
                            label,
                            row.getInt(4),
                            row.getDouble(5),
                            all ? summaries(row) : Map.of())
                    .responding(interventions
                            .responses(row.getList(INTERVENTIONS), label, row.getInt(4))
                            .only(responses));
            if (!all) {
                return scored;
            }

            if (!features.isEmpty()) {
                scored = scored.showing(new HashSet<>(row.<Integer>getList(FEATURES)));
            }

            List<String> targets = row.getList(10);
            // All methods explain the same class.
            return targets.isEmpty() ? scored : scored.explaining(targets.get(0));
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
                        summaries.put(measure(MEASURES.get(m), method), size(MEASURES.get(m), value));
                    }
                }

                for (Row metric : CollectionConverters.asJava(measured.get(i))) {
                    // A metric's own number stands for its details, which would multiply what groups are compared by.
                    if (metric.isNullAt(2) && !metric.isNullAt(3)) {
                        String name = metric.getString(1);
                        String parameters = metrics.parameters(name, metric.getString(0));
                        summaries.put(new MethodMeasure(name, method, parameters).summary(), metric.getDouble(3));
                    }
                }
            }

            return summaries;
        }

        private static String measure(String column, String method) {
            String text = column.equals("completeness_delta") ? "completeness-error" : column.replace('_', '-');
            return new MethodMeasure(text, method, "").summary();
        }

        /** An error counts by its size, whatever its sign. */
        private static double size(String measure, double value) {
            return measure.equals("completeness_delta") ? Math.abs(value) : value;
        }
    }
}
