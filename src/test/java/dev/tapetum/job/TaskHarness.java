package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PropertyGradientSettings;
import dev.tapetum.config.Target;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Followed;
import dev.tapetum.intervention.Materials;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.RecordEncoder;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/** The tasks of an audit on listed images, without the run around them. */
record TaskHarness(SparkSession spark, HadoopSettings hadoop, Dataset<IndexedImage> indexed, int images) {

    static TaskHarness list(SparkSession spark, DemoAudit demo) {
        Plan plan = demo.plan("harness").plan();
        HadoopSettings hadoop = HadoopSettings.of(spark);
        Listing listing = Listing.of(spark, hadoop, plan.dataset());
        ImageIndex index = ImageIndex.write(
                listing, hadoop, demo.folder().resolve("index").toString(), new IndexSettings(8, 100, 7), null);
        return new TaskHarness(
                spark, hadoop, index.images(), (int) index.summary().images());
    }

    /** The evidence of all images, in the order of their ids. */
    List<EvidenceRow> evidence(Plan plan, int partitions, int batch) {
        return audited(plan, partitions, batch).collectAsList().stream()
                .sorted(Comparator.comparing(EvidenceRow::imageId))
                .toList();
    }

    /** Seconds of the device work of all images, written like a wave. */
    double seconds(Plan plan, int partitions) {
        long start = System.nanoTime();
        audited(plan, partitions, plan.model().batch())
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What asks nothing of changed images. */
    static ImageInterventions noInterventions(ModelCard model) {
        PropertyGradientSettings settings = new PropertyGradientSettings(
                List.of(Target.PREDICTED), Followed.PROBABILITY, 19, 0, null, PropertyGradientSettings.ALEXNET);
        return new ImageInterventions(model, List.of(), settings, Inclusion.ALL, Materials.NONE, 7);
    }

    private EditorMaterials materials(Plan plan) {
        EditorMaterials materials = EditorMaterials.none(plan, hadoop);
        for (Editor editor : plan.interventions()) {
            materials = materials.with(editor);
        }

        return materials;
    }

    private Dataset<EvidenceRow> audited(Plan plan, int partitions, int batch) {
        return indexed.repartition(partitions).mapPartitions(task(plan, batch), RecordEncoder.of(EvidenceRow.class));
    }

    /** The task of a plan's audit. */
    AuditTask task(Plan plan, int batch) {
        ModelBundle bundle = ModelSource.open(plan.model().path(), hadoop);
        ImageAudit audit = new ImageAudit(
                bundle.card(),
                plan.attribution().target(),
                plan.attribution().methods(),
                plan.attributionMetrics(),
                plan.attribution().map(),
                References.NONE,
                ImageInterventions.of(plan, bundle.card(), Inclusion.ALL, materials(plan)),
                FeatureSource.open(plan.sae(), bundle, hadoop),
                plan.run().seed());
        Progress progress = new Progress(spark.sparkContext());
        progress.close();
        return new AuditTask(
                audit,
                new ModelSource(plan.model().path(), bundle.sha256(), hadoop),
                plan.model().device(),
                batch,
                bundle.preprocessing(),
                plan.dataset().limits(),
                new ImageBytes(hadoop, plan.dataset().limits().maxBytes()),
                progress.counters());
    }
}
