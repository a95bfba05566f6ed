package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EvidenceTablesTest {
    private final SparkSession spark;

    EvidenceTablesTest(SparkSession spark) {
        this.spark = spark;
    }

    private Dataset<EvidenceRow> evidence() {
        return spark.createDataset(SampleEvidence.ALL, RecordEncoder.of(EvidenceRow.class));
    }

    private static <T> void assertRows(Dataset<T> rows, List<T> expected) {
        assertThat(rows.collectAsList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<ImageRow> images() {
        return SampleEvidence.ALL.stream()
                .map(row -> new ImageRow(
                        "r",
                        row.imageId(),
                        row.uri(),
                        row.label(),
                        row.labelIndex(),
                        row.attributes(),
                        row.cluster(),
                        row.decoded() == null ? null : row.decoded().width(),
                        row.decoded() == null ? null : row.decoded().height(),
                        row.decoded() == null ? null : row.decoded().bytes(),
                        row.decoded() == null ? null : row.decoded().sha256()))
                .toList();
    }

    private static List<RejectRow> rejects() {
        return SampleEvidence.ALL.stream()
                .filter(row -> row.reject() != null)
                .map(row -> new RejectRow(
                        "r",
                        row.imageId(),
                        row.uri(),
                        row.reject().stage(),
                        row.reject().reason(),
                        row.reject().message(),
                        row.attributes()))
                .toList();
    }

    private static PredictionRow prediction() {
        EvidenceRow row = SampleEvidence.SCORED;
        PredictionPart said = SampleEvidence.PREDICTION;
        return new PredictionRow(
                "r",
                row.imageId(),
                row.label(),
                row.labelIndex(),
                said.predicted(),
                said.predictedIndex(),
                said.correct(),
                said.confidence(),
                said.labelProbability(),
                said.margin(),
                said.entropy(),
                said.loss(),
                said.logits(),
                row.attributes());
    }

    private static List<AttributionRow> attributions() {
        return SampleEvidence.SCORED.attributions().stream()
                .map(part -> new AttributionRow(
                        "r",
                        SampleEvidence.SCORED.imageId(),
                        part.method(),
                        part.methodName(),
                        part.target(),
                        part.targetIndex(),
                        part.score(),
                        part.baselineScore(),
                        part.attributionSum(),
                        part.completenessDelta(),
                        part.evaluations(),
                        part.rows(),
                        part.cols(),
                        part.encoding(),
                        part.map(),
                        part.gini(),
                        part.entropy(),
                        part.positiveShare(),
                        part.maskShare(),
                        part.centreX(),
                        part.centreY()))
                .toList();
    }

    @Test
    void everyImageIsInImagesWithNullsWhereItWasNotDecoded() {
        assertRows(EvidenceTables.images(evidence(), "r"), images());
    }

    @Test
    void rejectsHaveTheirStageAndReason() {
        assertRows(EvidenceTables.rejects(evidence(), "r"), rejects());
    }

    @Test
    void scoredImagesHaveAPrediction() {
        assertRows(EvidenceTables.predictions(evidence(), "r"), List.of(prediction()));
    }

    @Test
    void everyMethodOfAScoredImageIsARowAndItsMapComesBack() {
        assertRows(EvidenceTables.attributions(evidence(), "r"), attributions());
        assertThat(EvidenceTables.attributions(evidence(), "r")
                        .first()
                        .heatMap()
                        .cells())
                .containsExactly(1, -2);
    }

    @Test
    void everyMetricOfAMethodIsARow() {
        List<AttributionMetricRow> expected = SampleEvidence.SCORED.attributions().stream()
                .flatMap(part -> part.metrics().stream()
                        .map(measured -> new AttributionMetricRow(
                                "r",
                                SampleEvidence.SCORED.imageId(),
                                part.method(),
                                measured.metric(),
                                measured.metricName(),
                                measured.detail(),
                                measured.value())))
                .toList();

        assertRows(EvidenceTables.attributionMetrics(evidence(), "r"), expected);
    }

    @Test
    void everyFeatureAmongTheStrongestIsARow() {
        assertRows(
                EvidenceTables.featureActivations(evidence(), "r"),
                List.of(
                        new FeatureActivationRow("r", "a.png", "models/sae", 5, 2, 0.75f, 3, 11),
                        new FeatureActivationRow("r", "a.png", "models/sae", 7, 1, 0.25f, 1, 0)));
    }

    @Test
    void tablesOfEvidenceReadBackFromParquetAreTheSame(@TempDir Path directory) {
        String stored = directory.resolve("evidence").toString();
        evidence().write().parquet(stored);
        Dataset<Row> readBack = spark.read().parquet(stored);
        String out = directory.resolve("out").toString();
        EvidenceTables.write(readBack, out, "r");

        assertRows(Table.IMAGES.read(spark, out), images());
        assertRows(Table.REJECTS.read(spark, out), rejects());
        assertRows(Table.PREDICTIONS.read(spark, out), List.of(prediction()));
        assertRows(Table.ATTRIBUTIONS.read(spark, out), attributions());
    }
}
