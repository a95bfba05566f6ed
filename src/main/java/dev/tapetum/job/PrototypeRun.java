package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.PrototypeSettings;
import dev.tapetum.fairness.DrawnProperty;
import dev.tapetum.fairness.Finding;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Draws the classes of a plan's model, judges the drawings by the images of a run that an audit has made, and adds them to that
 * run's tables and to its report.
 */
public final class PrototypeRun {

    private final SparkSession spark;
    private final PlanFile file;
    private final Plan plan;
    private final PrototypeSettings settings;
    private final HadoopSettings hadoop;
    private final PrototypeListener listener;

    private PrototypeRun(SparkSession spark, PlanFile file, PrototypeListener listener) {
        this.spark = spark;
        this.file = file;
        this.plan = file.plan();
        this.settings = plan.prototypes();
        this.hadoop = HadoopSettings.of(spark);
        this.listener = listener;
    }

    /**
     * Draws and judges.
     *
     * @param runId the run; null for the plan's {@code run.id}, or else the last run of its output and model that has ended
     * @param resume whether to keep what an earlier call has drawn for the run
     * @throws dev.tapetum.UserError when the plan or the model is wrong, there is no such run, or nothing to resume
     */
    public static PrototypeOutcome draw(
            SparkSession spark, PlanFile file, @Nullable String runId, boolean resume, PrototypeListener listener) {
        return new PrototypeRun(spark, file, listener).draw(runId, resume);
    }

    private PrototypeOutcome draw(@Nullable String runId, boolean resume) {
        long started = System.nanoTime();
        ModelBundle bundle = Preflight.placed(
                file, "model.path", () -> ModelSource.open(plan.model().path(), hadoop));
        PrototypeCheck check = new PrototypeCheck(spark, file, bundle);
        check.methods();
        List<Integer> classes = check.classes();
        FeatureSource features = Preflight.features(file, bundle, hadoop);
        RunRow run = check.run(runId);
        RunFolder folder = new RunFolder(plan.run().output(), run.runId(), hadoop.configuration());
        ImageIndex index = check.index(folder, hadoop);
        Drawings drawings = new Drawings(spark, folder);
        drawings.prepare(file, bundle.sha256(), resume);
        listener.started(run.runId());

        ModelCard card = bundle.card();
        TokenSource source = TokenSource.of(plan, bundle, hadoop);
        List<DrawUnit> units = DrawUnit.all(settings.methods(), classes, card.classes(), settings.seeds());
        List<String> modelLoads = new ArrayList<>();
        long earlier = drawn(drawings, units, source, card, modelLoads);
        SparkSession session = index.images().sparkSession();
        Dataset<DrawnRow> made = drawings.of(session, units);
        // Also of classes that an earlier call drew.
        List<Integer> all =
                made.select("class_index").distinct().as(Encoders.INT()).collectAsList();
        Dataset<Row> chosen =
                new PathImages(folder.out(), folder.runId(), plan.run().seed(), settings.images()).chosen(session, all);
        int tasks = Math.min(all.size(), spark.sparkContext().defaultParallelism());
        Evidence evidence = new Evidence(folder, index, chosen, made, tasks, source, card);
        long judging = judge(evidence, modelLoads);
        long reading = read(evidence, features, modelLoads);
        Row costs = made.agg(functions.count(lit(1)), sum("forward"), sum("gradient"))
                .head();
        long now = count(units) - earlier;
        return new PrototypeOutcome(
                run.runId(),
                costs.getLong(0),
                costs.getLong(0) - now,
                costs.getLong(1) + judging + reading,
                costs.getLong(2),
                (System.nanoTime() - started) / 1e9,
                PrototypeReport.of(spark, plan.run().output(), run.runId()).methods(),
                told(run.runId()),
                modelLoads,
                report(run));
    }

    /**
     * What drawings are judged and read by.
     *
     * @param chosen which of the images, by {@link PathImages}
     * @param drawn in the same session
     * @param tasks over how many classes are dealt
     */
    private record Evidence(
            RunFolder folder,
            ImageIndex index,
            Dataset<Row> chosen,
            Dataset<DrawnRow> drawn,
            int tasks,
            TokenSource source,
            ModelCard card) {}

    /** Draws what is missing; how many drawings were there. */
    private long drawn(
            Drawings drawings, List<DrawUnit> units, TokenSource source, ModelCard card, List<String> modelLoads) {
        Set<DrawUnit> missing = drawings.missing(units);
        long all = count(units);
        long earlier = all - count(missing);
        if (earlier > 0) {
            listener.step("Resuming: " + earlier + " of " + all + " drawings are committed");
        }

        if (missing.isEmpty()) {
            return earlier;
        }

        listener.step("Drawing " + count(missing) + " prototypes");
        try (Progress progress = new Progress(spark.sparkContext())) {
            DrawTask task = new DrawTask(source, card, plan.run().seed(), progress.counters());
            long started = System.nanoTime();
            Runnable report = () -> {
                Progress.Count count = progress.count();
                double seconds = (System.nanoTime() - started) / 1e9;
                listener.drawing(
                        earlier + count.images(), all, count.images() / seconds, count.evaluations() / seconds);
            };
            EverySecond.during(
                    () -> {
                        drawings.draw(units, missing, task);
                        return all;
                    },
                    report);
            report.run();
            modelLoads.addAll(progress.modelLoads());
        }

        return earlier;
    }

    /** Writes the table; how many forward evaluations that took. */
    private long judge(Evidence evidence, List<String> modelLoads) {
        boolean tapped = !evidence.card.taps().isEmpty();
        Dataset<Row> chosen = tapped ? evidence.chosen : evidence.chosen.limit(0);
        RunFolder folder = evidence.folder;
        // Readings of earlier drawings must not stand beside these, should this call end here.
        Table.PROTOTYPE_READINGS.write(spark, List.of(), folder.out(), folder.runId());
        long images = chosen.count();
        try (Progress progress = new Progress(spark.sparkContext())) {
            PathTask task = new PathTask(evidence.source, evidence.card, folder.runId(), progress.counters());
            watched(
                    "Judging",
                    images,
                    progress,
                    modelLoads,
                    () -> Table.PROTOTYPES.write(
                            PathStage.rows(chosen, evidence.index.images(), evidence.drawn, task, evidence.tasks),
                            folder.out(),
                            folder.runId()));
            remark(tapped, progress.count().rejects(), folder.runId());
            return progress.count().evaluations();
        }
    }

    /** Writes what is drawn into classes; how many forward evaluations that took. */
    private long read(Evidence evidence, @Nullable FeatureSource features, List<String> modelLoads) {
        try (Progress progress = new Progress(spark.sparkContext())) {
            ReadingStage stage = new ReadingStage(
                    plan, evidence.folder, evidence.card, evidence.source, features, evidence.tasks, listener);
            watched(
                    "Reading what is drawn in,",
                    stage.images(evidence.chosen),
                    progress,
                    modelLoads,
                    () -> stage.write(evidence.index, evidence.chosen, evidence.drawn, progress.counters()));
            return progress.count().evaluations();
        }
    }

    /** Does work that looks at images while its progress is told. */
    private void watched(String what, long images, Progress progress, List<String> modelLoads, Runnable work) {
        listener.step(what + " by " + images + " images");
        long started = System.nanoTime();
        Runnable report = () -> {
            Progress.Count count = progress.count();
            double seconds = (System.nanoTime() - started) / 1e9;
            listener.progress(count.images(), count.rejects(), images, count.images() / seconds);
        };
        spark.sparkContext().setJobDescription(what);
        EverySecond.during(
                () -> {
                    work.run();
                    return images;
                },
                report);
        spark.sparkContext().setJobDescription(null);
        report.run();
        modelLoads.addAll(progress.modelLoads());
    }

    private void remark(boolean tapped, long unusable, String runId) {
        if (!tapped) {
            listener.warn(
                    "The model has no taps, so that nobody knows which way images take through it: drawings are shown, and"
                            + " not judged. Export the model with --tap");
            return;
        }

        if (unusable > 0) {
            listener.warn(
                    unusable + " of the images that the run has scored cannot be used any more, and are left out");
        }

        List<String> without = ofRun(runId)
                .where(col("path_l1").isNull())
                .select("class_name")
                .distinct()
                .orderBy("class_name")
                .as(Encoders.STRING())
                .collectAsList();
        if (!without.isEmpty()) {
            listener.warn("The run has fewer than two images of " + String.join(", ", without)
                    + ", so that drawings of it are not judged");
        }
    }

    private List<String> told(String runId) {
        return Table.FINDINGS
                .read(spark, plan.run().output())
                .where(col("run_id").equalTo(runId))
                .orderBy("rank")
                .collectAsList()
                .stream()
                .map(FindingTable::finding)
                .filter(DrawnProperty::tells)
                .map(Finding::statement)
                .toList();
    }

    private Dataset<?> ofRun(String runId) {
        return Table.PROTOTYPES
                .read(spark, plan.run().output())
                .where(col("run_id").equalTo(runId));
    }

    /** The tables are complete, and the report can be written again. */
    private @Nullable String report(RunRow run) {
        listener.step("Report");
        String out = plan.run().output();
        try {
            return ReportStage.write(spark, out, run.runId());
        } catch (Exception | OutOfMemoryError e) {
            listener.warn("The report could not be written: " + e + "; the tables are complete, and 'tapetum report "
                    + out + " --run " + run.runId() + "' writes it again");
            return null;
        }
    }

    private static long count(Iterable<DrawUnit> units) {
        long count = 0;
        for (DrawUnit unit : units) {
            count += unit.numbers().size();
        }

        return count;
    }
}
