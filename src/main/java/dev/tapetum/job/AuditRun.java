package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.RunStatistics;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.ImageSurvey;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.job.source.Listing;
import dev.tapetum.job.source.SeriesListing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.table.EvidenceTables;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * One run from plan to verdict: index, waves of device work, tables, group statistics, gate, report. The run's row is
 * written when it starts and when it ends, however it ends.
 */
public final class AuditRun {

    /** A kill loses one wave at most, so a thirty-second of the work; more and smaller ones would leave a cluster idle. */
    private static final int MOST_WAVES = 32;

    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final SparkSession spark;
    private final PlanFile file;
    private final Plan plan;
    private final HadoopSettings hadoop;
    private final RunListener listener;
    private final RunFolder folder;
    private final RunRecord record;

    private AuditRun(SparkSession spark, PlanFile file, String runId, RunListener listener) {
        this.spark = spark;
        this.file = file;
        this.plan = file.plan();
        this.hadoop = HadoopSettings.of(spark);
        this.listener = listener;
        this.folder = new RunFolder(plan.run().output(), runId, hadoop.configuration());
        this.record = new RunRecord(runId, plan, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Runs a plan.
     *
     * @param resume whether to go on with a run that was interrupted: the one that the plan names, or else the last one
     *     in its output that has not ended. Without it, a run of the same id is made again from the start.
     * @throws UserError when the plan, the model or the dataset is wrong, or there is nothing to resume
     */
    public static RunOutcome run(SparkSession spark, PlanFile file, boolean resume, RunListener listener) {
        Plan plan = file.plan();
        String given = plan.run().id();
        String runId = given != null ? given : resume ? Resumption.lastUnfinished(spark, file) : newRunId();
        return new AuditRun(spark, file, runId, listener).run(resume);
    }

    /** Refuses a wrong plan as {@link #run} would before the device works, and writes nothing. */
    public static CheckedPlan check(SparkSession spark, PlanFile file) {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        Preflight.Checked checked = Preflight.check(file, hadoop);
        ModelBundle bundle = checked.bundle();
        SteeredFeatures.of(spark, file, checked.features());
        Baseline.of(spark, file, file.plan().run().id(), Instant.now());
        List<String> remarks = new ArrayList<>();
        reference(spark, file, remarks::add);
        SeriesListing series = series(spark, file, hadoop);
        Listing listing = Listing.of(spark, hadoop, file.plan().dataset());
        try (ImageSurvey survey = ImageSurvey.of(listing, cut(file.plan()))) {
            Preflight.checkImages(file, survey.summary(), survey.images(), series, bundle, remarks::add);
            return new CheckedPlan(
                    bundle.card(),
                    survey.listed(),
                    listing.origin(),
                    DrawnGroup.all(file.plan(), survey.summary().images(), survey.images()),
                    remarks);
        }
    }

    private RunOutcome run(boolean resume) {
        Preflight.Checked checked = Preflight.check(file, hadoop);
        ModelBundle bundle = checked.bundle();
        SteeredFeatures steered = SteeredFeatures.of(spark, file, checked.features());
        SeriesListing series = series(spark, file, hadoop);
        Map<String, String> materials = sha256(checked, steered, series);
        Baseline baseline = Baseline.of(
                spark, file, folder.runId(), record.row(RunStatus.RUNNING).startedAt());
        listener.started(folder.runId());
        record.model(bundle.sha256());
        record.materials(materials);
        record.baseline(baseline.runId());
        if (resume) {
            record.startedAt(Resumption.check(spark, file, folder.runId(), bundle.sha256(), materials));
        } else if (folder.exists()) {
            forget();
        }

        write(RunStatus.RUNNING);
        Audited audited;
        try {
            audited = audit(checked, checked.materials().with(steered), series, baseline);
        } catch (Exception | Error e) {
            // Spark's exceptions are checked ones that no method declares.
            record.failed(e);
            writeFailed(e);
            throw e;
        }

        return new RunOutcome(
                audited.run,
                audited.verdicts,
                audited.established,
                audited.modelLoads,
                verdict(audited),
                report(audited.run, bundle));
    }

    /** What is in the tables when a run has ended. */
    private record Audited(
            RunRow run,
            List<GateVerdict> verdicts,
            Established established,
            List<String> modelLoads,
            List<String> baselineRemarks) {}

    /**
     * Writes the report; null when that fails. It comes from the tables, which are complete, so the run has ended however
     * this ends, and it can be written again.
     */
    private @Nullable String report(RunRow ended, ModelBundle bundle) {
        listener.step("Report");
        try {
            return ReportStage.write(spark, plan.run().output(), ended, bundle);
        } catch (Exception | OutOfMemoryError e) {
            listener.warn("The report could not be written: " + e + "; the tables are complete, and 'tapetum report "
                    + plan.run().output() + " --run " + folder.runId() + "' writes it again");
            return null;
        }
    }

    private Audited audit(
            Preflight.Checked checked, EditorMaterials materials, @Nullable SeriesListing series, Baseline baseline) {
        ModelBundle bundle = checked.bundle();
        ImageIndex index = index(series);
        IndexSummary listed = index.summary();
        record.dataset(listed);
        Preflight.checkImages(file, listed, index.images().select("image.*"), series, bundle, listener::warn);
        write(RunStatus.RUNNING);

        InterventionSummaries interventions =
                InterventionSummaries.of(plan, bundle.card(), reference(spark, file, listener::warn));
        AuditTask task;
        List<String> modelLoads;
        try (Progress progress = new Progress(spark.sparkContext())) {
            task = task(checked, references(bundle, index), materials, index, progress);
            listener.step("Auditing " + listed.images() + " images in " + listed.waves()
                    + (listed.waves() == 1 ? " wave" : " waves"));
            new Waves(spark, folder, index, progress, listener).run(task, record::work);
            modelLoads = progress.modelLoads();
        }

        record.devices(modelLoads);

        listener.step("Writing tables");
        Dataset<Row> evidence = Waves.evidence(spark, folder);
        EvidenceTables.write(evidence, plan.run().output(), folder.runId());

        GroupLayout layout = GroupStage.layout(plan, bundle, listed);
        GroupStage.Grouped grouped = GroupStage.grouped(
                evidence, plan, layout, interventions, ResponseParts.of(plan, interventions, layout, listed), listener);
        GroupStatistics statistics = grouped.statistics();
        StatisticTables.write(spark, statistics, plan.run().output(), folder.runId());
        SliceStage.write(spark, plan, folder.runId(), evidence, layout, statistics, listener);
        new InterventionStage(spark, plan, folder, interventions, listener)
                .write(evidence, grouped.effects(), new StripStage(spark, plan, folder, new StripTask(task), index));
        new FeatureStage(spark, plan, folder, checked.features(), listener)
                .write(evidence, new AblationStage(plan, interventions.classes(), folder.runId()), task, index);
        List<ExplanationTrust> trust = ExplanationStage.trust(plan, statistics.metrics());
        Baseline.Compared compared = baseline.compared(record.row(RunStatus.COMPLETE), listener);
        RunStatistics found = new RunStatistics(
                statistics.metrics(),
                statistics.gaps(),
                trust,
                plan.attribution().trust(),
                compared.changes());
        List<GateVerdict> verdicts = GateVerdict.all(plan.gate(), found, plan.statisticsSettings());
        record.gate(verdicts);
        listener.step("Findings");
        Established established = new FindingStage(spark, plan, folder).write(found, verdicts);
        RunRow ended = write(record.partial() ? RunStatus.PARTIAL : RunStatus.COMPLETE);
        return new Audited(ended, verdicts, established, modelLoads, compared.remarks());
    }

    /** Writes what a scheduler reads; null when that fails, which the exit code survives. */
    private @Nullable String verdict(Audited audited) {
        Path file = folder.report(VerdictFile.NAME);
        try {
            folder.write(
                    file,
                    VerdictFile.of(
                            audited.run, audited.verdicts, audited.established.findings(), audited.baselineRemarks));
            return file.toString();
        } catch (Exception e) {
            listener.warn(file + " could not be written: " + e);
            return null;
        }
    }

    /** @param remarks hears why there will be no relative mCE, where there will be none */
    private static @Nullable CorruptionReference reference(
            SparkSession spark, PlanFile file, Consumer<String> remarks) {
        CorruptionReference reference =
                CorruptionReference.of(spark, file, file.plan().run().output());
        String missing = reference == null ? null : reference.noAddedError(CorruptionReference.inWords(file.plan()));
        if (missing != null) {
            remarks.accept(missing);
        }

        return reference;
    }

    /** Clears what an earlier run of the same id has left, so that a failure of this one does not stand beside it. */
    private void forget() {
        folder.delete();
        folder.delete(folder.report(VerdictFile.NAME));
        for (Table<?> table : Table.all()) {
            table.write(spark, List.of(), plan.run().output(), folder.runId());
        }
    }

    private ImageIndex index(@Nullable SeriesListing series) {
        if (ImageIndex.isComplete(hadoop, folder.index())) {
            return ImageIndex.open(spark, hadoop, folder.index());
        }

        listener.step("Listing images");
        Listing listing = Listing.of(spark, hadoop, plan.dataset());
        return ImageIndex.write(listing, hadoop, folder.index(), cut(plan), series);
    }

    private static @Nullable SeriesListing series(SparkSession spark, PlanFile file, HadoopSettings hadoop) {
        try {
            return SeriesListing.of(spark, hadoop, file.plan().interventions());
        } catch (UserError e) {
            throw file.error("interventions", String.valueOf(e.getMessage()));
        }
    }

    /** The digests of all that is read besides the model and the images, by the paths that the plan gives. */
    private Map<String, String> sha256(
            Preflight.Checked checked, SteeredFeatures steered, @Nullable SeriesListing series) {
        Map<String, String> digests = new TreeMap<>(checked.sha256());
        digests.putAll(steered.sha256());
        if (series != null) {
            try {
                digests.putAll(series.sha256());
            } catch (UserError e) {
                throw file.error("interventions", String.valueOf(e.getMessage()));
            }
        }

        return digests;
    }

    private static IndexSettings cut(Plan plan) {
        return new IndexSettings(
                plan.run().shardImages(), MOST_WAVES, plan.run().seed());
    }

    private References references(ModelBundle bundle, ImageIndex index) {
        if (!References.isNeeded(plan)) {
            return References.NONE;
        }

        ImageBytes bytes = new ImageBytes(hadoop, plan.dataset().limits().maxBytes());
        return References.draw(
                spark,
                index,
                plan,
                new ImagePreparation(
                        bundle.preprocessing(), plan.dataset().limits(), Map.of(), bytes, DecodeBudget.OF_PROCESS));
    }

    private AuditTask task(
            Preflight.Checked checked,
            References references,
            EditorMaterials materials,
            ImageIndex index,
            Progress progress) {
        ModelBundle bundle = checked.bundle();
        ImageBytes bytes = new ImageBytes(hadoop, plan.dataset().limits().maxBytes());
        ImageAudit audit = new ImageAudit(
                bundle.card(),
                plan.attribution().target(),
                plan.attribution().methods(),
                plan.attributionMetrics(),
                plan.attribution().map(),
                references,
                ImageInterventions.of(
                        plan,
                        bundle.card(),
                        Inclusion.of(
                                plan, index.summary().images(), index.images().select("image.attributes")),
                        materials),
                checked.features(),
                plan.run().seed());
        return new AuditTask(
                audit,
                new ModelSource(plan.model().path(), bundle.sha256(), hadoop),
                plan.model().device(),
                plan.model().batch(),
                bundle.preprocessing(),
                plan.dataset().limits(),
                bytes,
                progress.counters());
    }

    private RunRow write(RunStatus status) {
        RunRow row = record.row(status);
        Table.RUNS.write(spark, List.of(row), plan.run().output(), folder.runId());
        return row;
    }

    /** What ended the run may be that nothing can be written any more, and that is what the user should hear of. */
    private void writeFailed(Throwable cause) {
        try {
            write(RunStatus.FAILED);
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static String newRunId() {
        return RUN_ID.format(Instant.now());
    }
}
