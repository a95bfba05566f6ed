package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.ChangeStates;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.fairness.PairedNumber;
import dev.tapetum.fairness.Partition;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.report.ComparePages;
import dev.tapetum.report.Comparison;
import dev.tapetum.report.PairLedger;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.ChangeRow;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * A run beside its baseline, image by image: one pass over the per-image tables of both, in which every metric folds its images into
 * one mergeable state per task; states are finished where they were merged, and the driver gets a row per metric and group. Two
 * smaller queries tell which images there were and which predictions flipped. The number of jobs is the same for any number of groups.
 *
 * <p>Groups are those of the candidate's attributes and intersections, the intervals and corrections those of its plan.
 */
public final class CompareStage {

    private static final String PAGE = "compare.html";
    private static final String TEXT = "compare.md";

    /** More than anyone reads; the table has all. */
    private static final int MOST_FLIPS = 30;

    private static final String BASELINE = "baseline";

    private final SparkSession spark;
    private final String out;
    private final RunRow baseline;
    private final RunRow candidate;
    private final Plan before;
    private final Plan after;
    private final ImagePairs pairs;

    private CompareStage(SparkSession spark, String out, RunRow baseline, RunRow candidate) {
        this.spark = spark;
        this.out = out;
        this.baseline = baseline;
        this.candidate = candidate;
        this.before = plan(baseline);
        this.after = plan(candidate);
        this.pairs = new ImagePairs(spark, out, baseline.runId(), candidate.runId());
    }

    private static Plan plan(RunRow run) {
        return PlanFile.parse(run.plan(), "the plan of run " + run.runId(), List.of())
                .plan();
    }

    /**
     * Compares a run with its baseline and writes the tables {@code changes} and {@code flips} of the run, where what
     * it was compared with before stays.
     *
     * @param baselineId an accepted run, or null for the last one accepted among those that started before the candidate
     * @param candidateId the run that is compared, or null for the last one that has ended
     * @param rules of the gate about changes, besides those of the candidate's plan, each as in a plan
     * @throws UserError when a run is missing, the baseline is not accepted or the candidate itself, or they have no image in common
     */
    public static Comparison compare(
            SparkSession spark,
            String out,
            @Nullable String baselineId,
            @Nullable String candidateId,
            List<String> rules) {
        Acceptance acceptance = new Acceptance(spark, out);
        RunRow candidate = acceptance.candidate(candidateId);
        return new CompareStage(spark, out, acceptance.baseline(baselineId, candidate), candidate).compare(rules);
    }

    /** Compares two runs whose tables are complete. */
    static Comparison beside(SparkSession spark, String out, RunRow baseline, RunRow candidate) {
        return new CompareStage(spark, out, baseline, candidate).compare(List.of());
    }

    /**
     * Writes {@code compare.html} and {@code compare.md}.
     *
     * @return where {@code compare.html} lies
     */
    public static String report(SparkSession spark, String out, Comparison comparison) {
        Path folder = new Path(
                out,
                "reports/compare_" + comparison.baseline().runId() + "_"
                        + comparison.candidate().runId());
        try {
            WholeFiles files =
                    new WholeFiles(folder.getFileSystem(spark.sparkContext().hadoopConfiguration()));
            files.write(
                    new Path(folder, TEXT), ComparePages.markdown(comparison).getBytes(StandardCharsets.UTF_8));
            files.write(new Path(folder, PAGE), ComparePages.html(comparison).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        return new Path(folder, PAGE).toString();
    }

    private Comparison compare(List<String> given) {
        List<Gate> rules = rules(given);
        PairLedger ledger = pairs.ledger();
        if (ledger.both() == 0) {
            throw new UserError("Runs " + baseline.runId() + " and " + candidate.runId()
                    + " have no image in common; images are the same when their image_id is (dataset.image-id)");
        }

        StatisticsSettings settings = after.statisticsSettings();
        List<String> remarks = new ArrayList<>();
        ComparedParts compared = parts(remarks);
        List<PairedChange> changes = PairedChange.corrected(
                changes(pairs.sideBySide(compared), new PairReader(compared), settings, after), settings);
        List<ChangeRow> rows = changes.stream().map(this::row).toList();
        write(Table.CHANGES, spark.createDataset(rows, Table.CHANGES.encoder()).coalesce(1));
        write(Table.FLIPS, pairs.flips());
        RunStatistics judged = new RunStatistics(
                List.of(),
                List.of(),
                List.of(),
                after.attribution().trust(),
                changes.stream().map(PairedChange::change).toList());
        return new Comparison(
                baseline,
                candidate,
                settings,
                ledger,
                changes,
                mostFrequentFlips(),
                PlanDifferences.of(baseline.plan(), candidate.plan()),
                PrototypeReport.inBoth(spark, out, baseline.runId(), candidate.runId()),
                remarks,
                GateVerdict.all(rules, judged, settings));
    }

    /** In place of what an earlier comparison of the two wrote; comparisons with other baselines stay. */
    private <R extends Record> void write(Table<R> table, Dataset<R> rows) {
        Dataset<R> others = ofCandidate(table).filter(col(BASELINE).notEqual(baseline.runId()));
        table.write(rows.unionByName(others.coalesce(1)), out, candidate.runId());
    }

    /** The rules about changes of the candidate's plan, and those that were given. */
    private List<Gate> rules(List<String> given) {
        List<Gate> rules = new ArrayList<>(after.gate().stream()
                .filter(rule -> rule.limit() == Gate.Limit.MAX_CHANGE)
                .toList());
        for (String text : given) {
            for (Gate rule : PlanFile.parse(candidate.plan(), "--gate", List.of("gate=[" + text + "]"))
                    .plan()
                    .gate()) {
                if (rule.limit() != Gate.Limit.MAX_CHANGE) {
                    throw new UserError(
                            "--gate " + text + ": a comparison judges changes; give the rule max-change, not "
                                    + rule.limit().key());
                }

                rules.add(rule);
            }
        }

        return rules;
    }

    /** The changes of all metrics, not corrected yet, by one pass over the images. */
    static List<PairedChange> changes(Dataset<Row> images, PairReader reader, StatisticsSettings settings, Plan plan) {
        Folding folding = new Folding(
                settings, reader.compared().partitions(), plan.dataset().cluster() != null);
        return rows(images)
                .flatMapToPair(row -> {
                    ChangeStates.Image image = reader.image(row);
                    return reader.numbers(row).stream()
                            .map(number -> new Tuple2<>(number.metric(), new Paired(image, number)))
                            .iterator();
                })
                .combineByKey(folding::begin, folding::add, (states, others) -> {
                    states.merge(others);
                    return states;
                })
                .flatMap(states -> states._2().changes().iterator())
                .collect();
    }

    /** In no more partitions than tasks run at once: each makes a state of every metric, and ships it to be merged. */
    static JavaRDD<Row> rows(Dataset<Row> images) {
        JavaRDD<Row> rows = images.javaRDD();
        return rows.coalesce(Math.max(1, rows.context().defaultParallelism()));
    }

    private record Paired(ChangeStates.Image image, PairedNumber number) implements Serializable {}

    /** Adds numbers to states. */
    private record Folding(StatisticsSettings settings, List<Partition> partitions, boolean clustered)
            implements Serializable {
        ChangeStates begin(Paired paired) {
            return add(new ChangeStates(settings, partitions, clustered, paired.number), paired);
        }

        ChangeStates add(ChangeStates states, Paired paired) {
            states.add(paired.image, paired.number);
            return states;
        }
    }

    private ComparedParts parts(List<String> remarks) {
        Set<String> responses = new HashSet<>();
        List<Partition> crossings = new ArrayList<>();
        // Every group has a reject rate, which tells the intersections.
        ofCandidate(Table.GROUP_METRICS)
                .filter(col("attribute")
                        .equalTo(Group.WHOLE.attribute())
                        .and(col("metric").startsWith("property."))
                        .or(col("metric")
                                .equalTo("reject-rate")
                                .and(col("attribute").contains(Partition.SEPARATOR))))
                .select("metric", "attribute")
                .distinct()
                .collectAsList()
                .forEach(row -> {
                    Partition crossing =
                            Partition.named(row.getString(1), after.dataset().attributes());
                    if (crossing == null) {
                        responses.add(row.getString(0));
                    } else {
                        crossings.add(crossing);
                    }
                });
        ComparedParts compared =
                ComparedParts.of(before, after, responses).crossing(crossings).withClasses(classes());
        int methods = after.attribution().methods().size();
        if (compared.methods().size() < methods) {
            remarks.add("Of the candidate's " + methods + " attribution methods the baseline has "
                    + compared.methods().size() + " with the same parameters; the others are not compared.");
        }

        int editors = after.interventions().size();
        if (compared.editors().size() < editors) {
            remarks.add("Of the candidate's " + editors + " interventions the baseline has "
                    + compared.editors().size() + " with the same parameters; the others are not compared.");
        }

        if (!compared.methods().isEmpty()
                && !before.attribution().map().equals(after.attribution().map())) {
            remarks.add(
                    "The runs keep maps in different forms (attribution.map); maps that differ in size are not held against"
                            + " each other.");
        }

        return compared.withFeatures(features(remarks));
    }

    /** Labels may be given as indices, but every class that is predicted has a name. */
    private Map<Integer, String> classes() {
        Map<Integer, String> classes = new HashMap<>();
        Dataset<PredictionRow> predictions = ofCandidate(Table.PREDICTIONS);
        predictions
                .select(col("label_index"), col("label"))
                .where(col("label_index").isNotNull())
                .where(not(col("label").rlike("^[0-9]+$")))
                .unionByName(predictions.select(
                        col("predicted_index").as("label_index"),
                        col("predicted").as("label")))
                .distinct()
                .limit(ComparedMetrics.MOST_CLASSES + 1)
                .collectAsList()
                .forEach(row -> classes.put(row.getInt(0), row.getString(1)));
        return classes.size() > ComparedMetrics.MOST_CLASSES ? Map.of() : classes;
    }

    private List<Integer> features(List<String> remarks) {
        List<Integer> features = after.sae().features().stream()
                .filter(before.sae().features()::contains)
                .sorted()
                .toList();
        if (features.isEmpty()) {
            return features;
        }

        String digest = digest(candidate, after);
        if (digest == null || !digest.equals(digest(baseline, before))) {
            remarks.add("Features are not compared: the runs have different autoencoders.");
            return List.of();
        }

        if (!hasEvidence(baseline) || !hasEvidence(candidate)) {
            remarks.add(
                    "Features are not compared: the evidence of a run is gone, which alone has all features that are active.");
            return List.of();
        }

        return features;
    }

    private static @Nullable String digest(RunRow run, Plan plan) {
        Map<String, String> digests = run.materialSha256();
        return digests == null ? null : digests.get(plan.sae().path());
    }

    private boolean hasEvidence(RunRow run) {
        RunFolder folder = new RunFolder(out, run.runId(), spark.sparkContext().hadoopConfiguration());
        return folder.exists() && folder.waves().length > 0;
    }

    private List<FlipRow> mostFrequentFlips() {
        return ofCandidate(Table.FLIPS)
                .filter(col(BASELINE).equalTo(baseline.runId()))
                .filter(col("predicted_before").notEqual(col("predicted_after")))
                .orderBy(col("images").desc(), col("predicted_before"), col("predicted_after"), col("correct_before"))
                .takeAsList(MOST_FLIPS);
    }

    private <R extends Record> Dataset<R> ofCandidate(Table<R> table) {
        return table.read(spark, out).filter(col("run_id").equalTo(candidate.runId()));
    }

    private ChangeRow row(PairedChange one) {
        return new ChangeRow(
                candidate.runId(),
                baseline.runId(),
                one.change().metric(),
                one.change().group().attribute(),
                one.change().group().value(),
                one.change().n(),
                StatisticTables.number(one.change().before()),
                StatisticTables.number(one.change().after()),
                StatisticTables.number(one.change().difference()),
                StatisticTables.number(one.change().interval().low()),
                StatisticTables.number(one.change().interval().high()),
                StatisticTables.number(one.change().pValue()),
                StatisticTables.number(one.change().qValue()),
                StatisticTables.number(one.change().minimumDetectable()),
                one.lost(),
                one.gained());
    }
}
