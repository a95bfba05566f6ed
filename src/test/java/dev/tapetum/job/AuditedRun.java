package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A run as an audit leaves it, without the audit: the list of its images, and predictions that are all right. */
final class AuditedRun {

    private AuditedRun() {}

    /** Writes the run of a plan that has an id. */
    static void write(SparkSession spark, PlanFile file) {
        Plan plan = file.plan();
        String runId = String.valueOf(plan.run().id());
        HadoopSettings hadoop = HadoopSettings.of(spark);
        RunFolder folder = new RunFolder(plan.run().output(), runId, hadoop.configuration());
        ImageIndex index = ImageIndex.write(
                Listing.of(spark, hadoop, plan.dataset()), hadoop, folder.index(), new IndexSettings(64, 32, 7), null);
        ModelBundle bundle = ModelSource.open(plan.model().path(), hadoop);
        List<String> classes = bundle.card().classes();
        List<PredictionRow> predictions = index.images().collectAsList().stream()
                .map(image -> prediction(
                        runId,
                        image.image().imageId(),
                        String.valueOf(image.image().label()),
                        classes))
                .toList();
        Table.PREDICTIONS.write(spark, predictions, plan.run().output(), runId);
        Table.RUNS.write(
                spark,
                List.of(run(file, runId, bundle, predictions.size())),
                plan.run().output(),
                runId);
    }

    static PredictionRow prediction(String runId, String imageId, String label, List<String> classes) {
        return new PredictionRow(
                runId,
                imageId,
                label,
                classes.indexOf(label),
                label,
                classes.indexOf(label),
                true,
                1,
                1.0,
                1,
                0,
                0.0,
                new float[classes.size()],
                Map.of());
    }

    private static RunRow run(PlanFile file, String runId, ModelBundle bundle, long images) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        return new RunRow(
                runId,
                start,
                start.plusSeconds(60),
                RunStatus.COMPLETE,
                GateStatus.NONE,
                null,
                file.plan().canonical(),
                file.plan().sha256(),
                bundle.sha256(),
                "digest",
                Map.of(),
                null,
                "1",
                images,
                images,
                0,
                0,
                0,
                0,
                0,
                "cpu",
                60);
    }
}
