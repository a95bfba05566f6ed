package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.table.AttributionPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.PredictionPart;
import dev.tapetum.table.RecordEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A row is a function of its image, model, plan and seed: not of partitions, batches or neighbours. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTaskTest {

    /**
     * Convolutions of another batch size add up in another order: some 1e-7 per operation in float32, grown by the depth
     * of the network and by differences of nearly equal logits.
     */
    private static final double RELATIVE = 1e-5;

    @TempDir
    static Path folder;

    private Dataset<IndexedImage> images;
    private Plan plan;
    private ModelBundle bundle;
    private HadoopSettings hadoop;

    @BeforeAll
    void list(SparkSession spark) throws IOException {
        DemoAudit demo = DemoAudit.render(folder, 40);
        plan = demo.plan("task").plan();
        hadoop = HadoopSettings.of(spark);
        bundle = ModelSource.open(plan.model().path(), hadoop);
        Listing listing = Listing.of(spark, hadoop, plan.dataset());
        images = ImageIndex.write(listing, hadoop, folder.resolve("index").toString(), new IndexSettings(8, 100, 7))
                .images();
    }

    @Test
    void rowsDependNeitherOnPartitionsNorOnBatches(SparkSession spark) {
        List<EvidenceRow> reference = rows(spark, 1, 17);

        assertThat(reference).hasSize(40);
        assertEqual(rows(spark, 3, 1), reference);
        assertEqual(rows(spark, 7, 128), reference);
    }

    private List<EvidenceRow> rows(SparkSession spark, int partitions, int batch) {
        ImageAudit audit = new ImageAudit(
                bundle.card(),
                plan.attribution().target(),
                plan.attribution().methods(),
                plan.attribution().map(),
                plan.run().seed());
        AuditTask task = new AuditTask(
                audit,
                new ModelSource(plan.model().path(), bundle.sha256(), hadoop),
                plan.model().device(),
                batch,
                bundle.preprocessing(),
                plan.dataset().limits(),
                new ImageBytes(hadoop, plan.dataset().limits().maxBytes()),
                new Progress(spark.sparkContext()).counters());
        return images
                .repartition(partitions)
                .mapPartitions(task, RecordEncoder.of(EvidenceRow.class))
                .collectAsList()
                .stream()
                .sorted(Comparator.comparing(EvidenceRow::imageId))
                .toList();
    }

    private static void assertEqual(List<EvidenceRow> rows, List<EvidenceRow> reference) {
        assertThat(rows).hasSameSizeAs(reference);
        for (int i = 0; i < rows.size(); i++) {
            EvidenceRow row = rows.get(i);
            EvidenceRow other = reference.get(i);
            assertThat(row.imageId()).isEqualTo(other.imageId());
            assertThat(row.decoded()).isEqualTo(other.decoded());
            assertThat(row.gradientEvaluations()).isEqualTo(other.gradientEvaluations());
            assertThat(row.forwardEvaluations()).isEqualTo(other.forwardEvaluations());
            PredictionPart prediction = Objects.requireNonNull(row.prediction());
            assertClose(
                    prediction.logits(),
                    Objects.requireNonNull(other.prediction()).logits());
            assertThat(row.attributions()).hasSameSizeAs(other.attributions());
            for (int m = 0; m < row.attributions().size(); m++) {
                AttributionPart part = row.attributions().get(m);
                AttributionPart otherPart = other.attributions().get(m);
                assertThat(part.method()).isEqualTo(otherPart.method());
                assertThat(part.evaluations()).isEqualTo(otherPart.evaluations());
                assertClose(cells(part), cells(otherPart));
            }
        }
    }

    private static float[] cells(AttributionPart part) {
        return new HeatMap(part.rows(), part.cols(), part.encoding(), part.map()).cells();
    }

    /** Relative to the largest cell, since a cell near zero is a difference of large numbers. */
    private static void assertClose(float[] values, float[] others) {
        assertThat(values).hasSameSizeAs(others);
        double largest = 0;
        for (float value : others) {
            largest = Math.max(largest, Math.abs(value));
        }

        for (int i = 0; i < values.length; i++) {
            assertThat((double) Math.abs(values[i] - others[i]))
                    .as("cell %s of %s", i, values.length)
                    .isLessThanOrEqualTo(RELATIVE * largest);
        }
    }
}
