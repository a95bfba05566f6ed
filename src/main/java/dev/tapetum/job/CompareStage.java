package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.ChangeStates;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.fairness.PairedNumber;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.report.ComparePages;
import dev.tapetum.report.Comparison;
import dev.tapetum.report.PairLedger;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.ChangeRow;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * <p>Groups are those of the candidate's attributes, the intervals and corrections those of its plan.
 */
public final class CompareStage {

    private static final String PAGE = "compare.html";
    private static final String TEXT = "compare.md";

    /** More than anyone reads; the table has all. */
    private static final int MOST_FLIPS = 30;

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
     * Compares a run with its baseline and writes the tables {@code changes} and {@code flips} of the run.
     *
     * @param baselineId an accepted run, or null for the last one accepted among those that started before the candidate
     * @param candidateId the run that is compared, or null for the last one that has ended
     * @param rules of the gate about changes, besides those of the candidate's plan, each as in a plan
     * @throws UserError when a run is missing, the baseline is not accepted, or they have no image in common
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
        Table.CHANGES.write(spark, changes.stream().map(this::row).toList(), out, candidate.runId());
        Table.FLIPS.write(pairs.flips(), out, candidate.runId());
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
                remarks,
                GateVerdict.all(rules, judged, settings));
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
                settings, plan.dataset().attributes(), plan.dataset().cluster() != null);
        JavaRDD<Row> rows = images.javaRDD();
        return rows.flatMapToPair(row -> {
                    ChangeStates.Image image = PairReader.image(row);
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

    private record Paired(ChangeStates.Image image, PairedNumber number) implements Serializable {}

    /** Adds numbers to states. */
    private record Folding(StatisticsSettings settings, List<String> attributes, boolean clustered)
            implements Serializable {
        ChangeStates begin(Paired paired) {
            return add(new ChangeStates(settings, attributes, clustered, paired.number), paired);
        }

        ChangeStates add(ChangeStates states, Paired paired) {
            states.add(paired.image, paired.number);
            return states;
        }
    }

    private ComparedParts parts(List<String> remarks) {
        Set<String> responses = new HashSet<>();
        Table.GROUP_METRICS
                .read(spark, out)
                .filter(col("run_id").equalTo(candidate.runId()))
                .filter(col("attribute").equalTo(Group.WHOLE.attribute()))
                .filter(col("metric").startsWith("property."))
                .select("metric")
                .collectAsList()
                .forEach(row -> responses.add(row.getString(0)));
        ComparedParts compared = ComparedParts.of(before, after, responses);
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
        return Table.FLIPS
                .read(spark, out)
                .filter(col("run_id").equalTo(candidate.runId()))
                .filter(col("predicted_before").notEqual(col("predicted_after")))
                .orderBy(col("images").desc(), col("predicted_before"), col("predicted_after"), col("correct_before"))
                .takeAsList(MOST_FLIPS);
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
