package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.AttributionMetricRow;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.ImageRow;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.PropertyGradientRow;
import dev.tapetum.table.RejectRow;
import dev.tapetum.table.RejectStage;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Tables of runs over the same images that nobody made, to compare. */
public final class ComparedRuns {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> CLASSES = List.of("cup", "mug");

    private static final Plan PLAN = EditedImages.plan(
            "[ brightness ]", "attribution.methods=[saliency]", "attribution-metrics=[effective-complexity]");

    private static final String SALIENCY =
            CanonicalText.of((Record) PLAN.attribution().methods().get(0));
    private static final String COMPLEXITY =
            CanonicalText.of((Record) PLAN.attributionMetrics().get(0));
    static final String BRIGHTNESS =
            CanonicalText.of((Record) PLAN.interventions().get(0));

    private ComparedRuns() {}

    /**
     * One image of one run.
     *
     * @param predicted index of the predicted class, or −1 for a rejected image
     * @param confidence probability of that class
     * @param map the four cells of its map
     * @param active the features that are active
     */
    public record Shot(
            String id,
            String site,
            int label,
            String sha256,
            int predicted,
            double confidence,
            float[] map,
            int... active) {

        boolean rejected() {
            return predicted < 0;
        }

        /** The expected gradient of its own class; the flips are of those beyond ½. */
        double gradient() {
            return confidence / 2 + 0.1 * (id.hashCode() & 3);
        }
    }

    /** What a run is besides its images. */
    public record Run(String id, int day, RunStatus status, GateStatus gate, List<String> options) {
        public static Run of(String id, int day, String... options) {
            return new Run(id, day, RunStatus.COMPLETE, GateStatus.PASS, List.of(options));
        }

        Run with(RunStatus other, GateStatus otherGate) {
            return new Run(id, day, other, otherGate, options);
        }
    }

    /** Writes all tables that a comparison reads. */
    public static void write(SparkSession spark, String out, Run run, List<Shot> shots) {
        List<ImageRow> images = new ArrayList<>();
        List<RejectRow> rejects = new ArrayList<>();
        List<PredictionRow> predictions = new ArrayList<>();
        List<AttributionRow> attributions = new ArrayList<>();
        List<AttributionMetricRow> measured = new ArrayList<>();
        List<PropertyGradientRow> gradients = new ArrayList<>();
        for (Shot shot : shots) {
            images.add(image(run, shot));
            if (shot.rejected()) {
                rejects.add(new RejectRow(
                        run.id, shot.id, shot.id, RejectStage.READ, "missing", "gone", Map.of("site", shot.site)));
            } else {
                predictions.add(prediction(run, shot));
                attributions.add(attribution(run, shot));
                measured.add(new AttributionMetricRow(
                        run.id, shot.id, SALIENCY, COMPLEXITY, "effective-complexity", null, shot.confidence * 2));
                measured.add(new AttributionMetricRow(
                        run.id, shot.id, SALIENCY, COMPLEXITY, "effective-complexity", "a detail", 77.0));
                gradients.add(gradient(run, shot));
            }
        }

        Table.IMAGES.write(spark, images, out, run.id);
        Table.REJECTS.write(spark, rejects, out, run.id);
        Table.PREDICTIONS.write(spark, predictions, out, run.id);
        Table.ATTRIBUTIONS.write(spark, attributions, out, run.id);
        Table.ATTRIBUTION_METRICS.write(spark, measured, out, run.id);
        Table.PROPERTY_GRADIENTS.write(spark, gradients, out, run.id);
        Table.GROUP_METRICS.write(
                spark,
                List.of(
                        response(run, "property.expected-gradient.mean[brightness, *]"),
                        response(run, "property.flip-rate.mean[brightness, *]")),
                out,
                run.id);
        RunFolder folder = new RunFolder(out, run.id, spark.sparkContext().hadoopConfiguration());
        EditedImages.evidence(
                        spark,
                        shots.stream()
                                .filter(shot -> !shot.rejected())
                                .map(shot ->
                                        EditedImages.showing(EditedImages.image(shot.id, null, shot.site), shot.active))
                                .toList())
                .coalesce(1)
                .write()
                .parquet(folder.wave(0));
        record(spark, out, run, shots.size(), rejects.size());
    }

    /** Writes the row of a run. */
    public static void record(SparkSession spark, String out, Run run, long images, long rejected) {
        List<String> options = new ArrayList<>(List.of(
                "dataset.attributes=[site]",
                "gate=[]",
                "attribution.methods=[saliency]",
                "attribution-metrics=[effective-complexity]",
                "interventions=[brightness]",
                "sae.path=nowhere",
                "sae.features=[5, 8]"));
        options.addAll(run.options);
        Instant start = START.plusSeconds(86_400L * run.day);
        Table.RUNS.write(
                spark,
                List.of(new RunRow(
                        run.id,
                        start,
                        run.status == RunStatus.RUNNING ? null : start.plusSeconds(60),
                        run.status,
                        run.gate,
                        null,
                        new DemoAudit(Path.of("nowhere"))
                                .plan(run.id, options.toArray(String[]::new))
                                .plan()
                                .canonical(),
                        "plan-" + run.id,
                        "model-" + run.id,
                        "dataset",
                        Map.of("nowhere", "digest"),
                        null,
                        "1",
                        images,
                        images - rejected,
                        rejected,
                        0,
                        0,
                        0,
                        0,
                        "cpu",
                        60)),
                out,
                run.id);
    }

    private static ImageRow image(Run run, Shot shot) {
        return new ImageRow(
                run.id,
                shot.id,
                shot.id,
                CLASSES.get(shot.label),
                shot.label,
                Map.of("site", shot.site),
                null,
                shot.rejected() ? null : 2,
                shot.rejected() ? null : 2,
                shot.rejected() ? null : 9L,
                shot.rejected() ? null : shot.sha256);
    }

    private static PredictionRow prediction(Run run, Shot shot) {
        boolean correct = shot.predicted == shot.label;
        double ofLabel = correct ? shot.confidence : 1 - shot.confidence;
        return new PredictionRow(
                run.id,
                shot.id,
                CLASSES.get(shot.label),
                shot.label,
                CLASSES.get(shot.predicted),
                shot.predicted,
                correct,
                shot.confidence,
                ofLabel,
                1,
                0.5,
                -Math.log(ofLabel),
                new float[] {1, 0},
                Map.of("site", shot.site));
    }

    private static AttributionRow attribution(Run run, Shot shot) {
        HeatMap map = HeatMap.of(2, 2, shot.map, MapEncoding.FLOAT32);
        return new AttributionRow(
                run.id,
                shot.id,
                SALIENCY,
                "saliency",
                CLASSES.get(shot.predicted),
                shot.predicted,
                1,
                null,
                1,
                null,
                1,
                2,
                2,
                map.encoding(),
                map.map(),
                shot.confidence / 3,
                0.5,
                null,
                null,
                null,
                null);
    }

    private static PropertyGradientRow gradient(Run run, Shot shot) {
        return new PropertyGradientRow(
                run.id,
                shot.id,
                BRIGHTNESS,
                "brightness",
                "brightness",
                CLASSES.get(shot.predicted),
                shot.predicted,
                true,
                shot.gradient(),
                0.0,
                0.0,
                null,
                null,
                shot.gradient() > 0.5,
                null,
                5,
                0,
                1);
    }

    private static GroupMetricRow response(Run run, String metric) {
        return new GroupMetricRow(run.id, metric, "*", "*", 1, 1, 0.0, null, null, 0.95, "none");
    }
}
