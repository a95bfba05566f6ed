package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.table.AttributionPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.PredictionPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

    /** Sums over gradients add up in another order when batches are cut elsewhere: rounding of float32, no more. */
    private static final double RELATIVE = 1e-5;

    private static final int IMAGES = 14;

    @TempDir
    static Path folder;

    private DemoAudit demo;

    @BeforeAll
    void render() throws IOException {
        demo = DemoAudit.render(folder, IMAGES);
    }

    @Test
    void rowsDependNeitherOnPartitionsNorOnBatches(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);
        Plan plan = demo.plan("task").plan();
        List<EvidenceRow> reference = harness.evidence(plan, 1, 5);

        assertThat(reference).hasSize(IMAGES);
        assertEqual(harness.evidence(plan, 3, 1), reference);
        assertEqual(harness.evidence(plan, 7, 128), reference);
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
