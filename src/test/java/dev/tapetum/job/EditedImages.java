package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.FeaturesPart;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.OutcomePart;
import dev.tapetum.table.PredictionPart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.StepPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Evidence of images that nothing but interventions was asked about, with numbers made up for a test. */
final class EditedImages {

    private EditedImages() {}

    /** A plan of interventions alone, in groups by site, with these interventions and options besides. */
    static Plan plan(String interventions, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "dataset.attributes=[site]",
                "gate=[]",
                "attribution.methods=[]",
                "attribution-metrics=[]",
                "interventions=" + interventions));
        all.addAll(List.of(options));
        return new DemoAudit(Path.of("nowhere"))
                .plan("made-up", all.toArray(String[]::new))
                .plan();
    }

    static Dataset<Row> evidence(SparkSession spark, List<EvidenceRow> images) {
        return spark.createDataset(images, RecordEncoder.of(EvidenceRow.class)).toDF();
    }

    /** An image at a site, predicted as class 0 and labelled as it. */
    static EvidenceRow image(String id, @Nullable String cluster, String site, InterventionPart... parts) {
        return new EvidenceRow(
                id,
                id,
                0,
                "cup",
                0,
                Map.of("site", site),
                cluster,
                new DecodedPart(4, 4, 100, "digest"),
                null,
                new PredictionPart("cup", 0, true, 0.6, 0.6, 0.2, 0.5, 0.5, new float[] {1, 0}),
                List.of(),
                List.of(parts),
                null,
                List.of(),
                0,
                0,
                0,
                0);
    }

    /** The same image with these features active, ascending. */
    static EvidenceRow showing(EvidenceRow image, int... features) {
        float[] maxima = new float[features.length];
        Arrays.fill(maxima, 1);
        return new EvidenceRow(
                image.imageId(),
                image.uri(),
                image.shard(),
                image.label(),
                image.labelIndex(),
                image.attributes(),
                image.cluster(),
                image.decoded(),
                null,
                image.prediction(),
                List.of(),
                image.interventions(),
                new FeaturesPart("sae", features, maxima, List.of(), null),
                List.of(),
                0,
                0,
                0,
                0);
    }

    /** An intervention whose own class "cup" has these probabilities at these strengths. */
    static InterventionPart part(String editor, double weight, double[] strengths, double[] probabilities) {
        List<StepPart> steps = new ArrayList<>();
        for (int step = 0; step < strengths.length; step++) {
            steps.add(step(step, strengths[step], 0, probabilities[step]));
        }

        String name = editor.replaceFirst("[(].*", "");
        return new InterventionPart(editor, name, name, weight, steps, List.of(gradient("cup", 0, true, 0.1)));
    }

    static StepPart step(int step, double strength, int predicted, double probability) {
        return new StepPart(
                step,
                strength,
                predicted,
                0.1,
                null,
                null,
                true,
                List.of(new OutcomePart("cup", 0, true, 0, probability)));
    }

    static PropertyGradientPart gradient(String target, int index, boolean own, double expected) {
        return new PropertyGradientPart(
                target, index, own, expected, -expected, expected, null, 0.5, expected > 0.15, null, 5, 0);
    }
}
