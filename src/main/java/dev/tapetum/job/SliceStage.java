package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.SliceSettings;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Slice;
import dev.tapetum.fairness.slice.Aspect;
import dev.tapetum.fairness.slice.Cells;
import dev.tapetum.fairness.slice.Confirmation;
import dev.tapetum.fairness.slice.Found;
import dev.tapetum.fairness.slice.SearchSettings;
import dev.tapetum.fairness.slice.SliceSearch;
import dev.tapetum.fairness.slice.Vocabulary;
import dev.tapetum.report.Slices;
import dev.tapetum.stats.Halves;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.SliceRow;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * From evidence to the subgroups in which the model errs most: one pass over one half of the units counts the combinations
 * that are searched on the driver, and another pass over the other half measures what was found. Two Spark jobs, whatever
 * the number of attributes, values and slices.
 */
final class SliceStage {

    private static final String ACCURACY = "accuracy";
    private static final int TREE_DEPTH = 2;
    private static final boolean FINAL_MERGE_ON_EXECUTOR = true;

    /**
     * Values with a smaller part than this of the images that a slice needs in all are no literals: they lack what it takes
     * in a half of half the expected size, and halves so uneven come of clusters that are a good part of the data set.
     */
    private static final double PART_OF_SUPPORT = 0.25;

    private SliceStage() {}

    /** Searches, measures and writes the slices of a run; none where the plan has none, or where nothing can be searched. */
    static List<Slice> write(
            SparkSession spark,
            Plan plan,
            String runId,
            Dataset<Row> evidence,
            GroupLayout layout,
            GroupStatistics statistics,
            RunListener listener) {
        List<Slice> slices = slices(plan, evidence, layout, statistics, listener);
        Table.SLICES.write(
                spark,
                slices.stream().map(slice -> row(slice, runId)).toList(),
                plan.run().output(),
                runId);
        return slices;
    }

    /** @param statistics of the run: how many labelled images each group has */
    static List<Slice> slices(
            Plan plan, Dataset<Row> evidence, GroupLayout layout, GroupStatistics statistics, RunListener listener) {
        if (plan.slices().top() == 0 || layout.attributes().isEmpty()) {
            return List.of();
        }

        List<GroupMetric> labelled = statistics.metrics().stream()
                .filter(row -> row.metric().name().equals(ACCURACY))
                .toList();
        long images = labelled.stream()
                .filter(row -> row.group().equals(Group.WHOLE))
                .mapToLong(GroupMetric::n)
                .sum();
        if (images == 0) {
            listener.warn("No image has a label of the model's, so that no subgroups were searched for errors");
            return List.of();
        }

        listener.step("Slices");
        StatisticsSettings settings = plan.statisticsSettings();
        SearchSettings search = settings(plan.slices(), settings);
        List<Found> found =
                search(evidence, layout, vocabulary(layout, labelled, images, search), search, settings, listener);
        return found.isEmpty() ? List.of() : confirm(evidence, found, layout, settings);
    }

    /**
     * What the report tells.
     *
     * @param metrics the rows of the groups of the run
     * @param rows its slices
     */
    static Slices report(Plan plan, List<GroupMetricRow> metrics, List<SliceRow> rows) {
        boolean labelled = metrics.stream().anyMatch(row -> row.metric().equals(ACCURACY) && row.n() > 0);
        return plan.slices().top() == 0
                ? Slices.NONE
                : new Slices(
                        plan.dataset().attributes(),
                        plan.sae().features().size(),
                        plan.slices().depth(),
                        labelled,
                        rows);
    }

    private static SearchSettings settings(SliceSettings slices, StatisticsSettings statistics) {
        return new SearchSettings(
                slices.depth(), slices.top(), slices.minSupport(), statistics.minGroup(), slices.alpha());
    }

    /** Rare values are left out before anything is counted: only how many images they have, and not how wrong, is asked. */
    private static Vocabulary vocabulary(
            GroupLayout layout, List<GroupMetric> labelled, long images, SearchSettings search) {
        long least = Math.max(search.minImages(), (long) (PART_OF_SUPPORT * search.minSupport() * images));
        List<Vocabulary.Entry> entries = new ArrayList<>();
        for (String attribute : layout.attributes()) {
            List<String> values = labelled.stream()
                    .filter(row -> row.group().attribute().equals(attribute) && row.n() >= least)
                    .map(row -> row.group().value())
                    .sorted()
                    .toList();
            entries.add(new Vocabulary.Entry(new Aspect.Attribute(attribute), values));
        }

        // Two classes of one name are one answer.
        List<String> classes = layout.classes().stream().distinct().toList();
        entries.add(new Vocabulary.Entry(new Aspect.PredictedClass(layout.classes()), classes));
        layout.features()
                .forEach(feature ->
                        entries.add(new Vocabulary.Entry(new Aspect.Feature(feature), Aspect.Feature.ANSWERS)));
        return new Vocabulary(entries);
    }

    private static List<Found> search(
            Dataset<Row> evidence,
            GroupLayout layout,
            Vocabulary vocabulary,
            SearchSettings search,
            StatisticsSettings settings,
            RunListener listener) {
        Halves halves = new Halves(settings.seed());
        Cells cells = images(evidence, layout.features(), row -> halves.isFirst(unit(row)))
                .treeAggregate(
                        new Cells(vocabulary),
                        (state, row) -> {
                            state.add(observation(row));
                            return state;
                        },
                        (state, others) -> {
                            state.merge(others);
                            return state;
                        },
                        TREE_DEPTH,
                        FINAL_MERGE_ON_EXECUTOR);
        if (!cells.givenUp().isEmpty()) {
            listener.warn("Slices are searched without "
                    + String.join(
                            ", ", cells.givenUp().stream().map(Aspect::name).toList()) + ": there are more than "
                    + Cells.MOST + " combinations");
        }

        return SliceSearch.of(cells, search);
    }

    private static List<Slice> confirm(
            Dataset<Row> evidence, List<Found> found, GroupLayout layout, StatisticsSettings settings) {
        Halves halves = new Halves(settings.seed());
        Confirmation none =
                new Confirmation(found.stream().map(Found::predicate).toList(), settings, layout.clustered());
        return images(evidence, layout.features(), row -> !halves.isFirst(unit(row)))
                .treeAggregate(
                        none,
                        (state, row) -> {
                            state.add(observation(row));
                            return state;
                        },
                        (state, others) -> {
                            state.merge(others);
                            return state;
                        },
                        TREE_DEPTH,
                        FINAL_MERGE_ON_EXECUTOR)
                .slices(found);
    }

    /** The scored and labelled images of one half, in no more partitions than tasks run at once. */
    private static JavaRDD<Row> images(Dataset<Row> evidence, List<Integer> features, Function<Row, Boolean> half) {
        Column asked = functions
                .array(features.stream().map(functions::lit).toArray(Column[]::new))
                .cast("array<int>");
        JavaRDD<Row> rows = evidence.filter("reject IS NULL AND label_index IS NOT NULL")
                .select(
                        functions.col("image_id"),
                        functions.col("cluster"),
                        functions.col("attributes"),
                        functions.col("label_index"),
                        functions.col("prediction.predicted_index"),
                        // Only a run that asks reads what all images show.
                        features.isEmpty() ? asked : functions.array_intersect(functions.col("features.active"), asked))
                .javaRDD();
        return rows.filter(half).coalesce(Math.max(1, rows.context().defaultParallelism()));
    }

    private static String unit(Row row) {
        return row.isNullAt(1) ? row.getString(0) : row.getString(1);
    }

    private static Observation observation(Row row) {
        Set<Integer> active = row.isNullAt(5) ? Set.of() : new HashSet<>(row.<Integer>getList(5));
        return Observation.scored(
                        row.getString(0),
                        row.getString(1),
                        row.getJavaMap(2),
                        row.getInt(3),
                        row.getInt(4),
                        Double.NaN,
                        Map.of())
                .showing(active);
    }

    private static SliceRow row(Slice slice, String runId) {
        return new SliceRow(
                runId,
                slice.rank(),
                slice.predicate(),
                slice.query(),
                slice.depth(),
                slice.n(),
                slice.clusters(),
                Slice.METRIC,
                StatisticTables.number(slice.value()),
                StatisticTables.number(slice.overall()),
                StatisticTables.number(slice.difference()),
                StatisticTables.number(slice.interval().low()),
                StatisticTables.number(slice.interval().high()),
                StatisticTables.number(slice.pValue()),
                StatisticTables.number(slice.qValue()),
                slice.confirmed(),
                slice.score(),
                slice.searchN(),
                slice.searchValue());
    }
}
