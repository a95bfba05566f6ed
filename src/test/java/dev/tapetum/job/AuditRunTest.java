package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.table.FindingRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RejectRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;

@ExtendWith(SparkExtension.class)
class AuditRunTest {

    private static final int IMAGES = 48;

    @TempDir
    static Path folder;

    static DemoAudit demo;

    /** Which also rejects more than its plan allows. */
    static RunRow plain;

    static int listeners;

    @BeforeAll
    static void renderAndBreak(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, IMAGES);
        Files.write(demo.photos().resolve("images/00003.jpg"), new byte[0]);
        Files.writeString(demo.photos().resolve("images/00004.jpg"), "not a picture");
        Files.delete(demo.photos().resolve("images/00005.jpg"));
        listeners = listeners(spark);
        plain = AuditRun.run(spark, plain(), false, new DemoAudit.Heard()).run();
    }

    private static PlanFile plain(String... options) {
        List<String> all = new ArrayList<>(List.of("attribution.methods=[]", "run.max-reject-fraction=0.05"));
        all.addAll(List.of(options));
        return demo.plan("plain", all.toArray(String[]::new));
    }

    @Test
    void everyImageIsScoredOrRejectedWithItsReason(SparkSession spark) {
        RunOutcome outcome = AuditRun.run(
                spark, demo.plan("ledger", "attribution-metrics=[agreement]"), false, new DemoAudit.Heard());

        RunRow run = outcome.run();
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.imagesInput()).isEqualTo(IMAGES);
        assertThat(run.imagesOk()).isEqualTo(IMAGES - 3);
        assertThat(run.imagesRejected()).isEqualTo(3);
        Map<String, String> reasons = new TreeMap<>();
        for (RejectRow reject : rows(spark, Table.REJECTS, "ledger")) {
            reasons.put(reject.imageId(), reject.reason());
        }

        assertThat(reasons)
                .containsExactly(
                        Map.entry("images/00003.jpg", "empty"),
                        Map.entry("images/00004.jpg", "unsupported-format"),
                        Map.entry("images/00005.jpg", "missing"));
        assertThat(rows(spark, Table.PREDICTIONS, "ledger")).hasSize(IMAGES - 3);
        assertThat(rows(spark, Table.ATTRIBUTIONS, "ledger")).hasSize(5 * (IMAGES - 3));
        // Of every method its own value and one per other method; groups are compared by the former.
        assertThat(rows(spark, Table.ATTRIBUTION_METRICS, "ledger")).hasSize(5 * (1 + 4) * (IMAGES - 3));
        assertThat(rows(spark, Table.GROUP_METRICS, "ledger"))
                .extracting(GroupMetricRow::metric)
                .contains("attribution.agreement.mean[saliency]")
                .noneMatch(metric -> metric.startsWith("attribution.agreement") && metric.contains(", "));
        assertThat(run.gradientEvaluations()).isLessThan(run.gradientAsked());
        assertThat(run.forwardEvaluations()).isLessThan(run.forwardAsked());
        assertThat(Path.of(folder.toString(), "out/reports/run_id=ledger/report.html"))
                .exists();
    }

    /** Of 45 images of six classes each class is called what it is, which is a difference between labels. */
    @Test
    void theTableOfFindingsAndTheFileOfTheVerdictAgreeAndEveryQueryFindsRows(SparkSession spark) throws IOException {
        RunOutcome outcome = AuditRun.run(
                spark,
                demo.plan(
                        "verdict",
                        "attribution.methods=[]",
                        "dataset.attributes=[site,vendor,label]",
                        "statistics.min-group=5",
                        "interventions=[{ editor = brightness, steps = 3 }]",
                        "property-gradients.min-effect=0",
                        "property-gradients.shuffles=19",
                        "gate=[{ metric = selection-rate, attribute = label, max-gap = 0.05 },"
                                + " { metric = accuracy, max-value = 0.001, level = warning },"
                                + " { metric = accuracy, attribute = site, group = nowhere, min-value = 0 },"
                                + " { metric = accuracy, max-change = 0.01 }]"),
                false,
                new DemoAudit.Heard());

        List<FindingRow> table = rows(spark, Table.FINDINGS, "verdict").stream()
                .sorted(Comparator.comparing(FindingRow::rank))
                .toList();
        assertThat(table)
                .extracting(FindingRow::kind)
                .contains("gap", "value", "property", "none")
                .doesNotContain("feature", "explanation");
        assertThat(outcome.established().findings().stream()
                        .map(finding -> FindingTable.row(finding, "verdict"))
                        .toList())
                .isEqualTo(table);
        TableViews.register(spark, demo.output(), "verdict");
        for (FindingRow row : table) {
            assertThat(spark.sql(row.query()).collectAsList())
                    .as(row.statement() + ": " + row.query())
                    .isNotEmpty();
        }

        FindingRow first = table.get(0);
        assertThat(first.severity()).isEqualTo("error");
        assertThat(first.imageIds()).hasSizeBetween(1, 4);
        List<String> named = new ArrayList<>();
        spark.sql("SELECT image_id FROM predictions WHERE label = '" + first.group() + "'")
                .collectAsList()
                .forEach(row -> named.add(row.getString(0)));
        assertThat(named).containsAll(first.imageIds());

        assertThat(outcome.verdict()).isEqualTo(demo.output() + "/reports/run_id=verdict/verdict.json");
        JsonNode verdict = new ObjectMapper()
                .readTree(Path.of(String.valueOf(outcome.verdict())).toFile());
        assertThat(verdict.fieldNames())
                .toIterable()
                .containsExactly(
                        "format",
                        "run_id",
                        "status",
                        "gate",
                        "exit_code",
                        "images",
                        "baseline",
                        "baseline_remarks",
                        "rules",
                        "findings");
        assertThat(verdict.get("gate").asText()).isEqualTo("fail");
        assertThat(verdict.get("exit_code").asInt()).isEqualTo(4);
        assertThat(verdict.get("images").get("rejected").asLong()).isEqualTo(3);
        assertThat(verdict.get("rules"))
                .extracting(rule ->
                        rule.get("level").asText() + " " + rule.get("status").asText())
                .containsExactly("error fail", "warning fail", "error fail", "error undecided");
        assertThat(verdict.get("rules").get(2).get("statement").asText())
                .startsWith(
                        "Failed: accuracy at site = nowhere: there is no such group in this run; those of site are ");
        assertThat(verdict.get("findings")).hasSameSizeAs(table);
        for (FindingRow row : table) {
            JsonNode finding = verdict.get("findings").get(row.rank() - 1);
            assertThat(finding.get("statement").asText()).isEqualTo(row.statement());
            assertThat(finding.get("kind").asText()).isEqualTo(row.kind());
            assertThat(finding.get("q_value").isNull()).isEqualTo(row.qValue() == null);
            assertThat(finding.get("image_ids")).extracting(JsonNode::asText).isEqualTo(row.imageIds());
        }
    }

    @Test
    void aRuleThatNoRunOfThePlanCouldBreakIsRefusedBeforeTheRun(SparkSession spark) {
        assertThatThrownBy(() ->
                        AuditRun.check(spark, demo.plan("missing", "gate=[{ metric = acuracy, min-value = 0.9 }]")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the run will have no metric 'acuracy'; did you mean 'accuracy'?");
        assertThatThrownBy(() ->
                        AuditRun.check(spark, demo.plan("missing", "gate=[{ metric = acuracy, max-change = 0.9 }]")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the run will have no metric 'acuracy'");
        for (String metric : List.of("calibration-error", "confidence.spread", "balanced-accuracy", "precision")) {
            assertThatThrownBy(() -> AuditRun.check(
                            spark, demo.plan("missing", "gate=[{ metric = " + metric + ", max-change = 0.9 }]")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("runs are not compared by '" + metric + "'; max-change limits accuracy,"
                            + " reject-rate, confidence, selection-rate, true-positive-rate, false-positive-rate,"
                            + " attribution.gini.mean,")
                    .hasMessageContaining("attribution.cosine-drift.mean")
                    .hasMessageNotContaining("spread,");
        }
    }

    /** The demo's model, said to have 59 classes more. */
    private static String ofManyClasses() throws IOException {
        Path bundle = folder.resolve("many-classes");
        DemoModel.CNN.copyTo(bundle);
        Path card = bundle.resolve("model.conf");
        String more = IntStream.range(0, 59).mapToObj(i -> ", other" + i).collect(Collectors.joining());
        Files.writeString(card, Files.readString(card).replace("mug, ring]", "mug, ring" + more + "]"));
        return bundle.toString();
    }

    @Test
    void clustersAndMoreThanSixtyFourClassesLeaveRatesByClassWithoutIntervalsWhichIsSaid(SparkSession spark)
            throws IOException {
        String[] options = {"model.path=" + ofManyClasses(), "dataset.cluster=tint", "gate=[]"};
        String rule = "gate=[{ metric = \"true-positive-rate[mug]\", min-value = 0.9 }]";
        String why =
                "rates by class have no interval and no test where images come in clusters and a model has more than 64"
                        + " classes";

        assertThat(AuditRun.check(spark, demo.plan("many", options)).remarks())
                .contains(why + "; their values are told all the same");
        assertThatThrownBy(() -> AuditRun.check(spark, demo.plan("many", options[0], options[1], rule)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no rule about 'true-positive-rate[mug]' could be decided, since " + why
                        + "; take the rule out, or dataset.cluster");
        assertThat(AuditRun.check(spark, demo.plan("many", options[0], rule)).remarks())
                .isEmpty();
    }

    @Test
    void moreRejectsThanThePlanAllowsMakeTheRunPartial() {
        assertThat(plain.status()).isEqualTo(RunStatus.PARTIAL);
    }

    /** Also with the same images as baselines. */
    @Test
    void resumingComputesOnlyWhatIsNotCommittedAndGivesTheSameTables(SparkSession spark) throws IOException {
        PlanFile plan = demo.plan(
                "resumed",
                "attribution.methods=" + DemoAudit.METHODS
                        + " [ { method = integrated-gradients, baseline = sample, steps = 2 } ]",
                "attribution.references=3");
        RunRow undisturbed =
                AuditRun.run(spark, plan, false, new DemoAudit.Heard()).run();
        List<String> before = digest(spark, "resumed");
        Path evidence = folder.resolve("out/evidence/run_id=resumed");
        interrupt(spark, undisturbed, evidence);
        Map<Path, FileTime> committed = entries(evidence);

        DemoAudit.Heard heard = new DemoAudit.Heard();
        RunRow resumed = AuditRun.run(spark, plan, true, heard).run();

        assertThat(heard.steps).anyMatch(step -> step.startsWith("Resuming: "));
        assertThat(digest(spark, "resumed")).isEqualTo(before);
        assertThat(entries(evidence)).containsAllEntriesOf(committed).hasSizeGreaterThan(committed.size());
        assertThat(resumed.startedAt()).isEqualTo(undisturbed.startedAt());
        assertThat(resumed.gradientEvaluations()).isEqualTo(undisturbed.gradientEvaluations());
        long baselines = Table.ATTRIBUTIONS
                .read(spark, demo.output())
                .filter("run_id = 'resumed' and method like '%baseline=sample%'")
                .select("baseline_score", "target_index")
                .distinct()
                .count();
        assertThat(baselines).isBetween(2L, 3L * 6);
    }

    @Test
    void imagesOfWhichNoneCanBeReadAreNoBaseline(SparkSession spark) throws IOException {
        Files.writeString(
                demo.photos().resolve("broken.csv"), "path,label\nimages/00003.jpg,ball\nimages/00004.jpg,cone\n");

        assertThatThrownBy(() -> AuditRun.run(
                        spark,
                        demo.plan(
                                "broken",
                                "dataset.manifest=" + demo.photos() + "/broken.csv",
                                "dataset.attributes=[]",
                                "dataset.mask=null",
                                "gate=[]",
                                "attribution.methods=[{ method = occlusion, baseline = sample }]"),
                        false,
                        new DemoAudit.Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "A baseline of sample needs images of the dataset, and none of the 2 that were tried "
                                + "can be used; of the last one: ");
    }

    @Test
    void anotherPlanMayNotGoOnWithARun(SparkSession spark) {
        Table.RUNS.write(spark, List.of(unfinished(plain)), demo.output(), "plain");

        assertThatThrownBy(
                        () -> AuditRun.run(spark, plain("attribution.methods=[saliency]"), true, new DemoAudit.Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was started with another plan");
    }

    @Test
    void anotherModelMayNotGoOnWithARun(SparkSession spark) {
        Table.RUNS.write(spark, List.of(unfinished(plain)), demo.output(), "plain");

        assertThatThrownBy(() -> Resumption.check(spark, plain(), "plain", "another digest", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was started with the model " + plain.modelSha256());
    }

    @Test
    void labelsOfWhichNoneIsAClassAreRefusedBeforeTheDeviceWork(SparkSession spark) {
        assertThatThrownBy(() ->
                        AuditRun.run(spark, demo.plan("labels", "dataset.label=vendor"), false, new DemoAudit.Heard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none of the " + IMAGES + " labels is a class of the model");
        assertThat(rows(spark, Table.PREDICTIONS, "labels")).isEmpty();
    }

    @Test
    void aRerunThatFailsDoesNotLeaveTheOldTablesBesideItsRow(SparkSession spark) {
        assertThat(rows(spark, Table.PREDICTIONS, "plain")).isNotEmpty();

        assertThatThrownBy(() -> AuditRun.run(spark, plain("dataset.label=vendor"), false, new DemoAudit.Heard()))
                .isInstanceOf(UserError.class);
        assertThat(rows(spark, Table.PREDICTIONS, "plain")).isEmpty();
        assertThat(rows(spark, Table.GAPS, "plain")).isEmpty();
        assertThat(folder.resolve("out/reports/run_id=plain/verdict.json")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenLeavesTheRunComplete(@TempDir Path elsewhere, SparkSession spark)
            throws IOException {
        Files.writeString(elsewhere.resolve("reports"), "not a folder");
        DemoAudit.Heard heard = new DemoAudit.Heard();

        RunOutcome outcome = AuditRun.run(
                spark, demo.plan("unreported", "run.output=" + elsewhere, "attribution.methods=[]"), false, heard);

        assertThat(outcome.report()).isNull();
        assertThat(outcome.run().status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(Table.RUNS.read(spark, elsewhere.toString()).collectAsList())
                .extracting(RunRow::status)
                .containsExactly(RunStatus.COMPLETE);
        assertThat(heard.steps)
                .last()
                .asString()
                .startsWith("warning: The report could not be written: ")
                .contains("'tapetum report " + elsewhere + " --run unreported' writes it again");
    }

    @Test
    void aRunThatFailsLeavesARowThatSaysWhy(SparkSession spark) {
        assertThatThrownBy(() -> AuditRun.run(
                        spark,
                        demo.plan("failed", "dataset.manifest=" + demo.photos().resolve("absent.csv")),
                        false,
                        new DemoAudit.Heard()))
                .isInstanceOf(UserError.class);

        RunRow run = rows(spark, Table.RUNS, "failed").get(0);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.gate()).isEqualTo(GateStatus.NONE);
        assertThat(run.message()).contains("absent.csv");
    }

    /** A context outlives its runs: that of a notebook, for example. */
    @Test
    void noListenerStaysBehindHoweverTheRunEnds(SparkSession spark) {
        RunListener failing = new DemoAudit.Heard() {
            @Override
            public void progress(long done, long rejected, long images, double rate) {
                throw new IllegalStateException("the terminal has gone");
            }
        };
        assertThatThrownBy(() -> AuditRun.run(spark, demo.plan("deaf", "attribution.methods=[]"), false, failing))
                .hasMessage("the terminal has gone");

        assertThat(listeners(spark)).isEqualTo(listeners);
    }

    private static int listeners(SparkSession spark) {
        return spark.sparkContext()
                .listenerBus()
                .findListenersByClass(ClassTag.apply(Progress.class))
                .size();
    }

    @Test
    void aTapThatTheModelLacksIsRefusedWithTheLineOfThePlan(SparkSession spark) {
        assertThatThrownBy(() -> AuditRun.check(
                        spark, demo.plan("tap", "attribution.methods=[{ method = grad-cam, tap = block9 }]")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("block9")
                .hasMessageContaining("block3");
    }

    /** Takes the run back to where a kill in its last waves would have left it: half a wave without an entry. */
    private static void interrupt(SparkSession spark, RunRow run, Path evidence) throws IOException {
        Table.RUNS.write(spark, List.of(unfinished(run)), demo.output(), run.runId());
        List<Path> waves = entries(evidence).keySet().stream().toList();
        assertThat(waves).hasSizeGreaterThan(1);
        Files.delete(waves.get(waves.size() - 1));
    }

    private static RunRow unfinished(RunRow run) {
        return new RunRow(
                run.runId(),
                run.startedAt(),
                null,
                RunStatus.RUNNING,
                GateStatus.NONE,
                null,
                run.plan(),
                run.planSha256(),
                run.modelSha256(),
                run.datasetSha256(),
                run.materialSha256(),
                run.baseline(),
                run.version(),
                run.imagesInput(),
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                0);
    }

    private static Map<Path, FileTime> entries(Path evidence) throws IOException {
        Map<Path, FileTime> entries = new TreeMap<>();
        try (Stream<Path> files = Files.list(evidence.resolve("ledger"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".conf"))
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .toList()) {
                entries.put(file, Files.getLastModifiedTime(file));
            }
        }

        return entries;
    }

    /** Every row of every per-image and statistic table as text, in order. */
    private static List<String> digest(SparkSession spark, String runId) {
        return Stream.of(
                        Table.IMAGES,
                        Table.REJECTS,
                        Table.PREDICTIONS,
                        Table.ATTRIBUTIONS,
                        Table.GROUP_METRICS,
                        Table.GAPS,
                        Table.FINDINGS)
                .flatMap(table -> table
                        .read(spark, demo.output())
                        .filter(functions.col("run_id").equalTo(runId))
                        .select(functions.to_json(functions.struct(functions.col("*"))))
                        .collectAsList()
                        .stream()
                        .map((Row row) -> table.name() + " " + row.getString(0))
                        .sorted())
                .toList();
    }

    private static <R extends Record> List<R> rows(SparkSession spark, Table<R> table, String runId) {
        return table.read(spark, demo.output())
                .filter(functions.col("run_id").equalTo(runId))
                .collectAsList();
    }
}
