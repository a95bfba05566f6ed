package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.report.RejectCount;
import dev.tapetum.report.Report;
import dev.tapetum.report.ReportPages;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.GapRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RejectRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Gathers what the report of one run tells, from its tables alone, and writes the pages beside them. */
public final class ReportStage {

    private static final String PAGE = "report.html";
    private static final String TEXT = "report.md";
    private static final int EXAMPLES_PER_REASON = 3;

    private final SparkSession spark;
    private final String out;
    private final RunRow run;
    private final PlanFile file;
    private final Plan plan;
    private final RunFolder folder;
    private final HadoopSettings hadoop;

    private ReportStage(SparkSession spark, String out, RunRow run) {
        this.spark = spark;
        this.out = out;
        this.run = run;
        this.file = PlanFile.parse(run.plan(), "the plan of run " + run.runId(), List.of());
        this.plan = file.plan();
        this.hadoop = HadoopSettings.of(spark);
        this.folder = new RunFolder(out, run.runId(), hadoop.configuration());
    }

    /**
     * Writes {@code report.html} and {@code report.md} of a run that has ended.
     *
     * @param runId the run, or null for the last one that ended well
     * @return where {@code report.html} lies
     */
    public static String write(SparkSession spark, String out, @Nullable String runId) {
        ReportStage stage = new ReportStage(spark, out, Runs.of(spark, out).ended(runId, "be reported"));
        return stage.write(stage.framing());
    }

    /** Writes the report of a run that has just ended. */
    static String write(SparkSession spark, String out, RunRow run, ModelBundle bundle) {
        return new ReportStage(spark, out, run).write(new Framing(bundle.preprocessing(), ""));
    }

    /** Only the frame of the pictures comes from the bundle; what the run found is in the tables, with or without it. */
    private Framing framing() {
        try {
            ModelBundle bundle = ModelSource.open(plan.model().path(), hadoop);
            return bundle.sha256().equals(run.modelSha256())
                    ? new Framing(bundle.preprocessing(), "")
                    : new Framing(null, "the bundle in " + plan.model().path() + " is no longer the model of the run");
        } catch (UserError e) {
            return new Framing(null, "the model bundle in " + plan.model().path() + " is gone or cannot be read");
        }
    }

    private String write(Framing framing) {
        StatisticsSettings settings = plan.statisticsSettings();
        List<GroupMetricRow> metrics = ofRun(Table.GROUP_METRICS).collectAsList();
        List<GapRow> rows = ofRun(Table.GAPS).collectAsList();
        List<Gap> gaps = StatisticTables.gaps(rows, metrics, settings);
        List<GroupMetric> measured = StatisticTables.metrics(metrics);
        List<ExplanationTrust> trust = ExplanationStage.trust(plan, measured);
        RunStatistics statistics =
                new RunStatistics(measured, gaps, trust, plan.attribution().trust(), Baseline.stored(spark, out, run));
        List<GateVerdict> verdicts = GateVerdict.all(plan.gate(), statistics, settings);
        Established established = new FindingStage(spark, plan, folder).read(statistics, verdicts);
        Gallery gallery = new Gallery(spark, folder, hadoop, plan.dataset().limits(), framing);
        Examples examples = new Examples(spark, folder, gallery);
        Report report = new Report(
                run,
                dataset(),
                plan.model().path(),
                settings,
                verdicts,
                established.findings(),
                metrics.stream()
                        .filter(row -> !ExplanationStage.isByTarget(row, plan))
                        .toList(),
                rows,
                rejects(),
                examples.of(established.findings()),
                ExplanationStage.of(plan, trust, established, metrics, ofRun(Table.ATTRIBUTION_METRICS), examples),
                InterventionReport.of(
                                spark,
                                folder,
                                CanonicalText.value(plan.propertyGradients().of()),
                                CorruptionReference.inWords(plan))
                        .with(InterventionRemarks.of(spark, file, out)),
                FeatureReport.of(spark, folder, plan, gallery),
                SliceStage.report(plan, metrics, ofRun(Table.SLICES).collectAsList()),
                PrototypeReport.of(spark, folder.out(), folder.runId()));
        folder.write(folder.report(TEXT), ReportPages.markdown(report).getBytes(StandardCharsets.UTF_8));
        folder.write(folder.report(PAGE), ReportPages.html(report).getBytes(StandardCharsets.UTF_8));
        return folder.report(PAGE).toString();
    }

    private List<RejectCount> rejects() {
        Dataset<RejectRow> rejects = ofRun(Table.REJECTS);
        List<Row> counts = rejects.groupBy("stage", "reason")
                .count()
                .orderBy(functions.col("count").desc(), functions.col("reason"))
                .collectAsList();
        List<RejectCount> reasons = new ArrayList<>();
        for (Row count : counts) {
            String reason = count.getString(1);
            List<RejectRow> examples = rejects.filter(functions.col("reason").equalTo(reason))
                    .filter(functions.col("stage").equalTo(count.getString(0)))
                    .orderBy("image_id")
                    .takeAsList(EXAMPLES_PER_REASON);
            reasons.add(new RejectCount(examples.get(0).stage(), reason, count.getLong(2), examples));
        }

        return reasons;
    }

    private <R extends Record> Dataset<R> ofRun(Table<R> table) {
        return table.read(spark, out).filter(functions.col("run_id").equalTo(run.runId()));
    }

    private String dataset() {
        return CanonicalText.of((Record) plan.dataset().source());
    }
}
