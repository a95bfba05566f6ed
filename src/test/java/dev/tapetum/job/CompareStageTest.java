package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.attributionmetric.MapDrift;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.ComparedRuns.Run;
import dev.tapetum.job.ComparedRuns.Shot;
import dev.tapetum.report.Comparison;
import dev.tapetum.report.PairLedger;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.ChangeRow;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CompareStageTest {

    @TempDir
    static Path folder;

    static final Map<String, Shot> BEFORE = new LinkedHashMap<>();
    static final Map<String, Shot> AFTER = new LinkedHashMap<>();

    /** Of 200 images in each run 190 are in both; the candidate is worse in the south. */
    @BeforeAll
    static void twoRuns(SparkSession spark) {
        shots(2, BEFORE, AFTER);
        ComparedRuns.write(spark, out(), Run.of("monday", 0), List.copyOf(BEFORE.values()));
        ComparedRuns.write(spark, out(), Run.of("tuesday", 1, "model.batch=9"), List.copyOf(AFTER.values()));
        new Acceptance(spark, out()).accept("monday", false);
    }

    static String out() {
        return folder.resolve("out").toString();
    }

    private static void shots(int sites, Map<String, Shot> before, Map<String, Shot> after) {
        SplitMix64 random = new SplitMix64(3);
        for (int i = 0; i < 210; i++) {
            String id = "image " + i;
            String site = "s" + i % sites;
            int label = i % 2;
            boolean right = random.nextOpenDouble() < 0.8;
            boolean lost = i % sites == 1 && random.nextOpenDouble() < 0.4;
            boolean stillRight = right && !lost;
            double confidence = 0.5 + 0.49 * random.nextOpenDouble();
            double later = Math.min(0.999, confidence + 0.02 * random.nextOpenDouble());
            float[] map = {
                (float) random.nextOpenDouble(),
                -(float) random.nextOpenDouble(),
                (float) random.nextOpenDouble(),
                (float) random.nextOpenDouble()
            };
            float[] other = map.clone();
            other[i % 4] = 2;
            if (i < 200) {
                before.put(
                        id,
                        new Shot(
                                id,
                                site,
                                label,
                                "content " + i,
                                i % 40 == 7 ? -1 : right ? label : 1 - label,
                                confidence,
                                map,
                                i % 3 == 0 ? new int[] {5} : new int[] {4}));
            }

            if (i >= 10) {
                after.put(
                        id,
                        new Shot(
                                id,
                                site,
                                i == 50 ? 1 - label : label,
                                i == 60 ? "another" : "content " + i,
                                i % 50 == 11 ? -1 : stillRight ? label : 1 - label,
                                later,
                                other,
                                i % 3 == 0 || i % 5 == 0 ? new int[] {5, 9} : new int[] {}));
            }
        }
    }

    @Test
    void whatIsComparedIsCountedAndSaid(SparkSession spark) {
        Comparison comparison = CompareStage.compare(spark, out(), null, null, List.of());

        assertThat(comparison.baseline().runId()).isEqualTo("monday");
        assertThat(comparison.candidate().runId()).isEqualTo("tuesday");
        // Rejected are i = 47, 87, 127, 167 of those in both (7 is in the first only), and 11, 61, 111, 161; none is in
        // both.
        assertThat(comparison.ledger()).isEqualTo(new PairLedger(200, 200, 190, 182, 0, 4, 4, 1, 1));
        assertThat(comparison.differences())
                .extracting(
                        Comparison.PlanDifference::key,
                        Comparison.PlanDifference::before,
                        Comparison.PlanDifference::after)
                .containsExactly(tuple("model.batch", "16", "9"));
        assertThat(comparison.remarks()).isEmpty();
        String page = CompareStage.report(spark, out(), comparison);
        assertThat(page).endsWith("out/reports/compare_monday_tuesday/compare.html");
        assertThat(Path.of(page)).exists();
        assertThat(Path.of(page).resolveSibling("compare.md")).exists();
    }

    @Test
    void theTablesAreThoseOfThePlainLoop(SparkSession spark) {
        CompareStage.compare(spark, out(), "monday", "tuesday", List.of());
        List<ChangeRow> rows = Table.CHANGES
                .read(spark, out())
                .filter(functions.col("run_id").equalTo("tuesday"))
                .collectAsList();

        checkShare(rows, "accuracy", shot -> shot.predicted() == shot.label());
        checkShare(rows, "selection-rate[mug]", shot -> shot.predicted() == 1);
        checkRate(rows, "true-positive-rate[mug]", 1);
        checkRate(rows, "false-positive-rate[mug]", 0);
        check(rows, "confidence", Shot::confidence);
        check(rows, "attribution.gini.mean[saliency]", shot -> shot.confidence() / 3);
        check(rows, "attribution.effective-complexity.mean[saliency]", shot -> shot.confidence() * 2);
        check(rows, "property.expected-gradient.mean[brightness, *]", Shot::gradient);
        check(rows, "property.flip-rate.mean[brightness, *]", shot -> shot.gradient() > 0.5 ? 1 : 0);
        check(rows, "feature-frequency[5]", shot -> Set.of(box(shot.active())).contains(5) ? 1 : 0);
        check(rows, "feature-frequency[8]", shot -> 0);
        checkDrift(
                rows,
                "attribution.rank-drift.mean[saliency]",
                (before, after) -> MapDrift.ofRanks(before.map(), after.map()));
        checkDrift(
                rows,
                "attribution.cosine-drift.mean[saliency]",
                (before, after) -> MapDrift.ofCosine(before.map(), after.map()));
        assertThat(rows)
                .extracting(ChangeRow::metric)
                .contains("reject-rate", "loss", "label-probability", "prediction-agreement")
                .doesNotContain(
                        "property.signed-gradient.mean[brightness, *]",
                        "property.expected-gradient.mean[brightness, mug]");
        assertThat(rows).allMatch(row -> row.baseline().equals("monday"));
        assertThat(rows).allMatch(row -> ComparedMetrics.isOne(row.metric()));
        ChangeRow rejects = find(rows, "reject-rate", "*");
        assertThat(rejects.n()).isEqualTo(190);
        assertThat(rejects.lost()).isEqualTo(4);
        assertThat(rejects.gained()).isEqualTo(4);
        assertThat(rejects.pValue()).isEqualTo(1);
        assertThat(find(rows, "attribution.rank-drift.mean[saliency]", "*").n())
                .isLessThan(find(rows, "confidence", "*").n());
        // What was made worse is found, and where.
        assertThat(find(rows, "accuracy", "s1").qValue()).isLessThan(0.01);
        assertThat(find(rows, "accuracy", "s0").qValue()).isGreaterThan(0.05);
    }

    private static Integer[] box(int[] features) {
        return Arrays.stream(features).boxed().distinct().toArray(Integer[]::new);
    }

    private static ChangeRow find(List<ChangeRow> rows, String metric, String group) {
        return rows.stream()
                .filter(row -> row.metric().equals(metric) && row.group().equals(group))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " of " + group));
    }

    private static List<List<Shot>> pairs(String site) {
        List<List<Shot>> pairs = new ArrayList<>();
        AFTER.forEach((id, after) -> {
            Shot before = BEFORE.get(id);
            if (before != null
                    && !before.rejected()
                    && !after.rejected()
                    && (site.equals("*") || after.site().equals(site))) {
                pairs.add(List.of(before, after));
            }
        });
        return pairs;
    }

    private static void checkShare(List<ChangeRow> rows, String metric, Predicate<Shot> holds) {
        check(rows, metric, shot -> holds.test(shot) ? 1 : 0);
        for (String site : List.of("*", "s0", "s1")) {
            long lost = pairs(site).stream()
                    .filter(pair -> holds.test(pair.get(0)) && !holds.test(pair.get(1)))
                    .count();
            assertThat(find(rows, metric, site).lost()).isEqualTo(lost);
        }
    }

    /** Only of images that have the same label in both: not of image 50. All of a site have one label. */
    private static void checkRate(List<ChangeRow> rows, String metric, int label) {
        for (String site : List.of("*", "s" + label)) {
            List<List<Shot>> pairs = pairs(site).stream()
                    .filter(pair -> pair.get(0).label() == label && pair.get(1).label() == label)
                    .toList();
            ChangeRow row = find(rows, metric, site);
            assertThat(row.n()).isEqualTo(pairs.size());
            assertThat(row.lost())
                    .isEqualTo(pairs.stream()
                            .filter(pair ->
                                    pair.get(0).predicted() == 1 && pair.get(1).predicted() == 0)
                            .count());
            assertThat(row.gained())
                    .isEqualTo(pairs.stream()
                            .filter(pair ->
                                    pair.get(0).predicted() == 0 && pair.get(1).predicted() == 1)
                            .count());
        }
    }

    private static void check(List<ChangeRow> rows, String metric, ToDoubleFunction<Shot> number) {
        for (String site : List.of("*", "s0", "s1")) {
            List<List<Shot>> pairs = pairs(site);
            double before = pairs.stream()
                    .mapToDouble(pair -> number.applyAsDouble(pair.get(0)))
                    .average()
                    .orElseThrow();
            double after = pairs.stream()
                    .mapToDouble(pair -> number.applyAsDouble(pair.get(1)))
                    .average()
                    .orElseThrow();
            ChangeRow row = find(rows, metric, site);
            assertThat(row.n()).as(metric + site).isEqualTo(pairs.size());
            assertThat(row.before()).as(metric + site).isCloseTo(before, within(1e-12));
            assertThat(row.after()).as(metric + site).isCloseTo(after, within(1e-12));
            assertThat(row.difference()).as(metric + site).isCloseTo(after - before, within(1e-12));
        }
    }

    /** Only of images for which both explain the same class. */
    private static void checkDrift(List<ChangeRow> rows, String metric, ToDoubleBiFunction<Shot, Shot> drift) {
        for (String site : List.of("*", "s0", "s1")) {
            List<List<Shot>> pairs = pairs(site).stream()
                    .filter(pair -> pair.get(0).predicted() == pair.get(1).predicted())
                    .toList();
            ChangeRow row = find(rows, metric, site);
            assertThat(row.n()).isEqualTo(pairs.size());
            assertThat(row.before()).isZero();
            assertThat(row.after())
                    .isCloseTo(
                            pairs.stream()
                                    .mapToDouble(pair -> drift.applyAsDouble(pair.get(0), pair.get(1)))
                                    .average()
                                    .orElseThrow(),
                            within(1e-6));
            assertThat(row.pValue()).isNull();
        }
    }

    @Test
    void flipsAreThoseOfThePlainLoop(SparkSession spark) {
        CompareStage.compare(spark, out(), "monday", "tuesday", List.of());
        Map<List<Object>, Long> expected =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (List<Shot> pair : pairs("*")) {
            Shot before = pair.get(0);
            Shot after = pair.get(1);
            expected.merge(
                    List.of(
                            before.predicted() == 0 ? "cup" : "mug",
                            after.predicted() == 0 ? "cup" : "mug",
                            before.predicted() == before.label(),
                            after.predicted() == after.label()),
                    1L,
                    Long::sum);
        }

        Map<List<Object>, Long> found =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (FlipRow row : Table.FLIPS
                .read(spark, out())
                .filter(functions.col("run_id").equalTo("tuesday"))
                .collectAsList()) {
            found.put(
                    List.of(row.predictedBefore(), row.predictedAfter(), row.correctBefore(), row.correctAfter()),
                    row.images());
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void anyPartitionsGiveTheSameChanges(SparkSession spark) {
        Plan plan = plan(spark, "tuesday");
        ComparedParts compared = ComparedParts.of(plan, plan, Set.of("property.expected-gradient.mean[brightness, *]"));
        Dataset<Row> images = new ImagePairs(spark, out(), "monday", "tuesday").sideBySide(compared);
        List<Map<String, Change>> told = new ArrayList<>();
        for (int partitions : new int[] {1, 7}) {
            Map<String, Change> byName = new TreeMap<>();
            for (PairedChange one : PairedChange.corrected(
                    CompareStage.changes(
                            images.repartition(partitions), new PairReader(compared), plan.statisticsSettings(), plan),
                    plan.statisticsSettings())) {
                byName.put(one.change().metric() + one.change().group(), one.change());
            }

            told.add(byName);
        }

        assertThat(told.get(0)).hasSizeGreaterThan(30);
        assertThat(told.get(1).keySet()).isEqualTo(told.get(0).keySet());
        told.get(0).forEach((name, change) -> {
            Change other = told.get(1).get(name);
            assertThat(other.n()).as(name).isEqualTo(change.n());
            assertThat(other.difference()).as(name).isCloseTo(change.difference(), within(1e-12));
            assertThat(other.interval().low())
                    .as(name)
                    .isCloseTo(change.interval().low(), within(1e-9));
            assertThat(Double.doubleToLongBits(other.pValue()))
                    .as(name)
                    .isEqualTo(Double.doubleToLongBits(change.pValue()));
        });
    }

    private static Plan plan(SparkSession spark, String runId) {
        RunRow run = Table.RUNS
                .read(spark, out())
                .filter(functions.col("run_id").equalTo(runId))
                .first();
        return PlanFile.parse(run.plan(), "plan", List.of()).plan();
    }

    @Test
    void noMoreTasksMakeStatesThanRunAtOnce(SparkSession spark) {
        Dataset<Row> images = spark.range(100).toDF().repartition(64);

        assertThat(CompareStage.rows(images).getNumPartitions())
                .isLessThanOrEqualTo(spark.sparkContext().defaultParallelism());
    }

    @Test
    void moreGroupsAreNoMoreJobs(SparkSession spark) {
        Set<Integer> jobs = new TreeSet<>();
        for (int sites : new int[] {2, 30}) {
            Map<String, Shot> before = new LinkedHashMap<>();
            Map<String, Shot> after = new LinkedHashMap<>();
            shots(sites, before, after);
            String elsewhere = folder.resolve("sites-" + sites).toString();
            ComparedRuns.write(spark, elsewhere, Run.of("a", 0), List.copyOf(before.values()));
            ComparedRuns.write(spark, elsewhere, Run.of("b", 1), List.copyOf(after.values()));
            new Acceptance(spark, elsewhere).accept("a", false);
            AtomicInteger started = new AtomicInteger();
            SparkListener counter = new SparkListener() {
                @Override
                public void onJobStart(SparkListenerJobStart start) {
                    started.incrementAndGet();
                }
            };
            drained(spark);
            spark.sparkContext().addSparkListener(counter);
            CompareStage.compare(spark, elsewhere, null, null, List.of());
            drained(spark);
            spark.sparkContext().removeSparkListener(counter);
            jobs.add(started.get());
        }

        assertThat(jobs).hasSize(1);
    }

    static void drained(SparkSession spark) {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty(10_000);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRunIsNotComparedWithItself(SparkSession spark) {
        assertThatThrownBy(() -> CompareStage.compare(spark, out(), "monday", "monday", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("Run monday would be compared with itself; name another baseline");
    }

    /** Rules are judged against the baseline that a run was given, and what they rest on stays in the tables. */
    @Test
    void aComparisonLeavesThoseWithOtherBaselines(SparkSession spark) {
        String other = folder.resolve("baselines-apart").toString();
        ComparedRuns.write(spark, other, Run.of("sunday", 0), List.copyOf(AFTER.values()));
        ComparedRuns.write(spark, other, Run.of("monday", 1), List.copyOf(BEFORE.values()));
        ComparedRuns.write(spark, other, Run.of("tuesday", 2), List.copyOf(AFTER.values()));
        new Acceptance(spark, other).accept("sunday", false);
        new Acceptance(spark, other).accept("monday", false);

        for (String baseline : List.of("monday", "sunday", "monday")) {
            CompareStage.compare(spark, other, baseline, "tuesday", List.of());
        }

        assertThat(Table.CHANGES.read(spark, other).collectAsList())
                .filteredOn(row ->
                        row.metric().equals("accuracy") && row.attribute().equals("*"))
                .extracting(ChangeRow::baseline, row -> row.difference() == 0)
                .containsExactlyInAnyOrder(tuple("sunday", true), tuple("monday", false));
        assertThat(Table.FLIPS.read(spark, other).collectAsList())
                .filteredOn(row -> !row.predictedBefore().equals(row.predictedAfter()))
                .isNotEmpty()
                .extracting(FlipRow::baseline)
                .containsOnly("monday");
        RunRow tuesday = new Acceptance(spark, other).candidate("tuesday");
        assertThat(Baseline.stored(spark, other, tuesday)).isNull();
        assertThat(Baseline.stored(spark, other, judgedAgainst("sunday", tuesday)))
                .isNotEmpty()
                .allMatch(change -> change.difference() == 0);
        // A baseline without a common image has no changes, and a rule about them fails.
        assertThat(Baseline.stored(spark, other, judgedAgainst("another", tuesday)))
                .isEmpty();
    }

    private static RunRow judgedAgainst(String baseline, RunRow run) {
        return new RunRow(
                run.runId(),
                run.startedAt(),
                run.finishedAt(),
                run.status(),
                run.gate(),
                run.message(),
                run.plan(),
                run.planSha256(),
                run.modelSha256(),
                run.datasetSha256(),
                run.materialSha256(),
                baseline,
                run.version(),
                run.imagesInput(),
                run.imagesOk(),
                run.imagesRejected(),
                run.forwardAsked(),
                run.forwardEvaluations(),
                run.gradientAsked(),
                run.gradientEvaluations(),
                run.device(),
                run.seconds());
    }

    @Test
    void aRunBesideItsLikeHasNotChanged(SparkSession spark) {
        ComparedRuns.write(spark, out(), Run.of("twin", -1), List.copyOf(BEFORE.values()));
        Comparison comparison = CompareStage.compare(
                spark,
                out(),
                "monday",
                "twin",
                List.of("{ metric = accuracy, max-change = 0.2 }", "{ metric = acuracy, max-change = 0.2 }"));

        assertThat(comparison.verdicts())
                .extracting(verdict -> verdict.status().text())
                .containsExactly("pass", "fail");
        assertThatThrownBy(() -> CompareStage.compare(
                        spark, out(), "monday", "twin", List.of("{ metric = accuracy, min-value = 0.5 }")))
                .isInstanceOf(UserError.class)
                .hasMessage("--gate { metric = accuracy, min-value = 0.5 }: a comparison judges changes; give the rule"
                        + " max-change, not min-value");
        assertThat(comparison.established()).isEmpty();
        assertThat(comparison.statistics()).hasSizeGreaterThan(30).allSatisfy(change -> {
            assertThat(change.difference()).isZero();
            assertThat(change.untested() || change.pValue() == 1).isTrue();
        });
        assertThat(comparison.flips()).isEmpty();
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void whatBothModelsDrawIsOnThePage(SparkSession spark) {
        for (String run : List.of("monday", "tuesday")) {
            Table.PROTOTYPES.write(spark, List.of(drawing(run, "mug"), drawing(run, run)), out(), run);
        }

        Comparison comparison = CompareStage.compare(spark, out(), "monday", "tuesday", List.of());
        assertThat(Path.of(CompareStage.report(spark, out(), comparison)))
                .content()
                .containsSubsequence("<h4>mug</h4>", "<b>baseline</b>", "<img", "<b>candidate</b>", "<img")
                .doesNotContain("<h4>monday</h4>", "<h4>tuesday</h4>");
    }

    private static PrototypeRow drawing(String run, String className) {
        return new PrototypeRow(
                run,
                className,
                0,
                0,
                "prototype(steps=9)",
                "prototype",
                3,
                0.9,
                9,
                1e-6,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                ImageEncoder.png(new RgbImage(2, 2, new byte[12])));
    }

    @Test
    void onlyAcceptedRunsAreBaselines(SparkSession spark) {
        String other = folder.resolve("baselines").toString();
        ComparedRuns.record(spark, other, Run.of("one", 0), 10, 0);
        ComparedRuns.record(spark, other, Run.of("two", 1).with(RunStatus.COMPLETE, GateStatus.FAIL), 10, 0);
        ComparedRuns.record(spark, other, Run.of("three", 2).with(RunStatus.PARTIAL, GateStatus.PASS), 10, 4);
        ComparedRuns.record(spark, other, Run.of("four", 3).with(RunStatus.RUNNING, GateStatus.NONE), 10, 0);
        Acceptance acceptance = new Acceptance(spark, other);
        RunRow three = acceptance.candidate(null);

        assertThat(three.runId()).isEqualTo("three");
        assertThatThrownBy(() -> acceptance.baseline(null, three))
                .isInstanceOf(UserError.class)
                .hasMessage("There is no accepted run before three to compare it with; 'tapetum accept " + other
                        + " --run two' accepts it");
        assertThatThrownBy(() -> acceptance.baseline("one", three))
                .hasMessage("Run one has not been accepted, and only accepted runs are baselines; 'tapetum accept "
                        + other + " --run one' accepts it");
        assertThatThrownBy(() -> acceptance.baseline("five", three))
                .hasMessage("There is no run 'five' in " + other + "; its runs are four, three, two, one");
        assertThatThrownBy(() -> acceptance.accept("two", false))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("Run two is not accepted: its gate failed; --force accepts it all the same");
        assertThatThrownBy(() -> acceptance.accept("three", false))
                .hasMessageContaining("it is partial, with 4 of 10 images rejected");
        assertThatThrownBy(() -> acceptance.accept("four", true))
                .hasMessage(
                        "Run four cannot be accepted, even by force: it is running, so that its tables are not complete");
        assertThatThrownBy(() -> acceptance.candidate("four"))
                .hasMessage("Run four cannot be compared: it is running, so that its tables are not complete");

        assertThat(acceptance.accept("one", true).forced()).isFalse();
        assertThat(acceptance.accept("two", true).forced()).isTrue();
        assertThat(acceptance.baseline(null, three).runId()).isEqualTo("two");
        // Whoever goes back to an older one accepts it again.
        acceptance.accept("one", false);
        assertThat(acceptance.baseline(null, three).runId()).isEqualTo("one");
        assertThat(acceptance.baseline("two", three).runId()).isEqualTo("two");
        // The first run has no earlier one.
        assertThatThrownBy(() -> acceptance.baseline(null, acceptance.candidate("one")))
                .hasMessageContaining("There is no accepted run before one");
        assertThat(Table.ACCEPTED.read(spark, other).count()).isEqualTo(2);
    }

    @Test
    void runsWithoutACommonImageCannotBeCompared(SparkSession spark) {
        String other = folder.resolve("disjoint").toString();
        List<Shot> shots = List.copyOf(BEFORE.values());
        ComparedRuns.write(spark, other, Run.of("a", 0), shots.subList(0, 20));
        ComparedRuns.write(spark, other, Run.of("b", 1), shots.subList(20, 40));
        new Acceptance(spark, other).accept("a", false);

        assertThatThrownBy(() -> CompareStage.compare(spark, other, null, null, List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("Runs a and b have no image in common");
    }

    /** A gate reads changes that may be of the images, and must not keep that to itself. */
    @Test
    void anAuditHearsWhatItsChangesMayComeFrom(SparkSession spark) {
        Acceptance acceptance = new Acceptance(spark, out());
        DemoAudit.Heard heard = new DemoAudit.Heard();

        Baseline.Compared compared = new Baseline(spark, out(), acceptance.accepted("monday"))
                .compared(acceptance.candidate("tuesday"), heard);

        assertThat(compared.remarks())
                .containsExactly(
                        "left out: 10 images of the baseline only, 10 of the candidate only",
                        "1 image of the same id has another content in the candidate: changes may be of the images and not"
                                + " of the model",
                        "1 image of the same id has another label in the candidate: changes of accuracy and loss may be of"
                                + " the labels");
        assertThat(heard.steps)
                .containsAll(compared.remarks().stream()
                        .map(remark -> "warning: " + remark)
                        .toList());
    }

    @Test
    void whatOnlyOneRunHasIsRemarkedAndLeftOut(SparkSession spark) {
        String other = folder.resolve("later").toString();
        ComparedRuns.write(spark, other, Run.of("monday", 0), List.copyOf(BEFORE.values()));
        new Acceptance(spark, other).accept("monday", false);
        ComparedRuns.write(
                spark,
                other,
                Run.of("later", 2, "interventions=[contrast]", "sae.features=[]", "attribution.methods=[grad-cam]"),
                List.copyOf(AFTER.values()));

        Comparison comparison = CompareStage.compare(spark, other, "monday", "later", List.of());

        assertThat(comparison.remarks())
                .containsExactly(
                        "Of the candidate's 1 attribution methods the baseline has 0 with the same parameters; the others are not compared.",
                        "Of the candidate's 1 interventions the baseline has 0 with the same parameters; the others are not compared.");
        assertThat(comparison.statistics())
                .extracting(Change::metric)
                .containsOnly(
                        "accuracy",
                        "confidence",
                        "loss",
                        "label-probability",
                        "prediction-agreement",
                        "reject-rate",
                        "selection-rate[cup]",
                        "selection-rate[mug]",
                        "true-positive-rate[cup]",
                        "true-positive-rate[mug]",
                        "false-positive-rate[cup]",
                        "false-positive-rate[mug]");
        assertThat(comparison.whole("accuracy").change().group()).isEqualTo(Group.WHOLE);
    }
}
