package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RgbImage;
import dev.tapetum.intervention.PropertyGradient;
import dev.tapetum.probe.Seeds;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.EvidenceRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.ImageRow;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.InterventionRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.PropertyGradientRow;
import dev.tapetum.table.StripCase;
import dev.tapetum.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Interventions from the plan to the tables, which are held against plain loops over one another. */
@ExtendWith(SparkExtension.class)
class InterventionRunTest {

    private static final int IMAGES = 40;
    private static final int DARKENED = 6;
    private static final double ROUNDING = 1e-9;

    @TempDir
    static Path folder;

    static DemoAudit demo;

    @BeforeAll
    static void auditOnce(SparkSession spark) throws Exception {
        demo = DemoAudit.render(folder, IMAGES);
        darken();
        AuditRun.run(spark, demo.plan("edits", OPTIONS), false, new DemoAudit.Heard());
    }

    private static final String[] OPTIONS = {
        "attribution.methods=[]",
        "attribution-metrics=[]",
        "property-gradients { targets = [predicted, mug], sample = \"8 per group\", shuffles = 99 }",
        "interventions=[ { editor = brightness, steps = 5 }, { editor = stamp, place = \"disc(0.5,0.5,0.3)\", steps = 4 },"
                + " corruption(fog), corruption(pixelate),"
                + " { editor = series, manifest = \"@FOLDER@/edits.csv\", property = dark } ]"
    };

    /** Three strengths of some images; one of the files is missing and one image is not listed with all. */
    private static void darken() throws Exception {
        List<String> lines = new ArrayList<>(List.of("image,property,strength,path"));
        Files.createDirectories(folder.resolve("edits"));
        for (int i = 0; i < DARKENED; i++) {
            String id = "images/%05d.jpg".formatted(i);
            RgbImage image = ImageDecoder.decode(
                    Files.readAllBytes(demo.photos().resolve(id)), new DecodeLimits(1 << 20, 1 << 20));
            for (int step = 1; step <= 4; step++) {
                float[] values = PlanarImage.of(image).values().clone();
                for (int k = 0; k < values.length; k++) {
                    values[k] *= 1 - 0.2f * step;
                }

                String path = "edits/%d-%d.png".formatted(i, step);
                if (i != 2 || step != 3) {
                    PlanarImage dark = new PlanarImage(3, image.height(), image.width(), values);
                    Files.write(folder.resolve(path), ImageEncoder.png(dark.toRgb()));
                }

                lines.add(String.join(",", id, "dark", String.valueOf(step), path));
            }
        }

        Files.write(folder.resolve("edits.csv"), lines);
        for (int i = 0; i < OPTIONS.length; i++) {
            OPTIONS[i] = OPTIONS[i].replace("@FOLDER@", folder.toString());
        }
    }

    @Test
    void everyDrawnImageHasARowPerEditorStepAndTarget(SparkSession spark) {
        Map<String, ImageRow> images = byId(rows(spark, Table.IMAGES), ImageRow::imageId);
        List<InterventionRow> rows = rows(spark, Table.INTERVENTIONS);
        Map<String, List<InterventionRow>> brightness = rows.stream()
                .filter(row -> row.editorName().equals("brightness"))
                .collect(Collectors.groupingBy(InterventionRow::imageId));

        assertThat(brightness).hasSizeBetween(8, IMAGES);
        Map<String, PredictionRow> predictions = byId(rows(spark, Table.PREDICTIONS), PredictionRow::imageId);
        brightness.forEach((id, own) -> {
            int targets = predictions.get(id).predicted().equals("mug") ? 1 : 2;
            assertThat(images).containsKey(id);
            assertThat(own).hasSize(5 * targets);
            assertThat(own)
                    .extracting(InterventionRow::target)
                    .contains("mug", predictions.get(id).predicted());
        });
    }

    @Test
    void theUneditedStepAnswersAsTheImageItself(SparkSession spark) {
        Map<String, PredictionRow> predictions = byId(rows(spark, Table.PREDICTIONS), PredictionRow::imageId);
        List<InterventionRow> middle = rows(spark, Table.INTERVENTIONS).stream()
                .filter(row -> row.editorName().equals("brightness") && row.step() == 2)
                .toList();

        assertThat(middle).isNotEmpty();
        for (InterventionRow row : middle) {
            float logit = predictions.get(row.imageId()).logits()[row.targetIndex()];
            assertThat(row.strength()).isCloseTo(0, within(1e-12));
            assertThat(row.editDistance()).isLessThan(1e-6);
            assertThat(row.logit()).isCloseTo(logit, within(1e-3));
        }
    }

    @Test
    void gradientsAreThoseOfTheRowsOfTheSteps(SparkSession spark) {
        Map<String, List<InterventionRow>> steps = rows(spark, Table.INTERVENTIONS).stream()
                .filter(InterventionRow::valid)
                .sorted(Comparator.comparing(InterventionRow::step))
                .collect(Collectors.groupingBy(row -> row.imageId() + row.editor() + row.target()));
        List<PropertyGradientRow> gradients = rows(spark, Table.PROPERTY_GRADIENTS);

        assertThat(gradients).hasSizeGreaterThan(50);
        for (PropertyGradientRow row : gradients) {
            List<InterventionRow> own = steps.get(row.imageId() + row.editor() + row.target());
            double low = row.editorName().equals("brightness")
                    ? -0.4
                    : row.editorName().equals("stamp") ? 0.1 : 1;
            double high = Map.of("brightness", 0.4, "stamp", 1.0, "corruption", 5.0, "series", 4.0)
                    .get(row.editorName());
            double[] scaled = own.stream()
                    .mapToDouble(step -> (step.strength() - low) / (high - low))
                    .toArray();
            double[] values =
                    own.stream().mapToDouble(InterventionRow::probability).toArray();
            long seed = Seeds.of(Seeds.of(7, row.imageId()), "shuffles " + row.editor(), row.targetIndex());
            PropertyGradient expected = PropertyGradient.of(scaled, values, 99, seed);
            assertThat(row.validSteps()).isEqualTo(own.size());
            assertThat(row.expectedGradient()).isCloseTo(expected.expected(), within(ROUNDING));
            assertThat(row.signedGradient()).isCloseTo(expected.signed(), within(ROUNDING));
            assertThat(row.pValue()).isEqualTo(expected.pValue());
            boolean first = own.get(0).predictedIndex() == row.targetIndex();
            assertThat(row.flipped())
                    .isEqualTo(own.stream().anyMatch(step -> first != (step.predictedIndex() == row.targetIndex())));
        }
    }

    @Test
    void aMissingEditedImageIsExcludedAndCounted(SparkSession spark) {
        List<PropertyGradientRow> series = rows(spark, Table.PROPERTY_GRADIENTS).stream()
                .filter(row -> row.editorName().equals("series"))
                .toList();

        assertThat(series).isNotEmpty().allMatch(row -> row.property().equals("dark"));
        assertThat(series).allMatch(row -> row.imageId().compareTo("images/0000" + DARKENED) < 0);
        for (PropertyGradientRow row : series) {
            int missing = row.imageId().equals("images/00002.jpg") ? 1 : 0;
            assertThat(row.excludedSteps()).isEqualTo(missing);
            assertThat(row.validSteps()).isEqualTo(4 - missing);
        }
    }

    @Test
    void effectsAndCurvesAreTheWeightedMeansOfTheRows(SparkSession spark) {
        List<PropertyGradientRow> gradients = rows(spark, Table.PROPERTY_GRADIENTS);
        for (PropertyEffectRow effect : rows(spark, Table.PROPERTY_EFFECTS)) {
            if (effect.attribute().equals("*") && effect.target().equals("mug")) {
                List<PropertyGradientRow> own = gradients.stream()
                        .filter(row -> row.editor().equals(effect.editor())
                                && row.target().equals("mug"))
                        .filter(row -> row.expectedGradient() != null)
                        .toList();
                double weights =
                        own.stream().mapToDouble(PropertyGradientRow::weight).sum();
                double sum = own.stream()
                        .mapToDouble(row -> row.weight() * row.expectedGradient())
                        .sum();
                assertThat(effect.n()).isEqualTo(own.size());
                assertThat(effect.expectedGradient()).isCloseTo(sum / weights, within(ROUNDING));
            }
        }

        Map<String, Double> weights = gradients.stream()
                .collect(Collectors.toMap(
                        PropertyGradientRow::imageId, PropertyGradientRow::weight, (one, other) -> one));
        Map<String, ImageRow> images = byId(rows(spark, Table.IMAGES), ImageRow::imageId);
        List<InterventionRow> steps = rows(spark, Table.INTERVENTIONS);
        List<DoseResponseRow> curve = rows(spark, Table.DOSE_RESPONSES).stream()
                .filter(row -> row.editor().startsWith("stamp") && row.target().equals("mug"))
                .filter(row -> row.attribute().equals("site"))
                .toList();
        assertThat(curve).isNotEmpty();
        for (DoseResponseRow point : curve) {
            List<InterventionRow> own = steps.stream()
                    .filter(row ->
                            row.editor().equals(point.editor()) && row.target().equals("mug"))
                    .filter(row -> row.step() == point.step() && row.valid())
                    .filter(row ->
                            images.get(row.imageId()).attributes().get("site").equals(point.group()))
                    .toList();
            double sum = own.stream()
                    .mapToDouble(row -> weights.get(row.imageId()) * row.probability())
                    .sum();
            double all =
                    own.stream().mapToDouble(row -> weights.get(row.imageId())).sum();
            assertThat(point.n()).isEqualTo(own.size());
            assertThat(point.value()).isCloseTo(sum / all, within(ROUNDING));
        }
    }

    @Test
    void weightsAreOneOverTheProbabilityOfBeingDrawn(SparkSession spark) {
        List<ImageRow> images = rows(spark, Table.IMAGES);
        Map<String, Double> weights = rows(spark, Table.PROPERTY_GRADIENTS).stream()
                .collect(Collectors.toMap(
                        PropertyGradientRow::imageId, PropertyGradientRow::weight, (one, other) -> one));
        for (ImageRow image : images) {
            double probability = 0;
            for (String attribute : List.of("site", "vendor", "tag")) {
                String value = image.attributes().get(attribute);
                long alike = images.stream()
                        .filter(other -> value.equals(other.attributes().get(attribute)))
                        .count();
                probability = Math.max(probability, Math.min(1, 8.0 / alike));
            }

            Double weight = weights.get(image.imageId());
            if (weight != null) {
                assertThat(weight).isCloseTo(1 / probability, within(ROUNDING));
            } else {
                assertThat(probability).isLessThan(1);
            }
        }
    }

    @Test
    void corruptionErrorsAreShareOfWrongSeverities(SparkSession spark) {
        List<GroupMetricRow> metrics = rows(spark, Table.GROUP_METRICS);
        Map<String, PredictionRow> predictions = byId(rows(spark, Table.PREDICTIONS), PredictionRow::imageId);
        Map<String, Double> weights = rows(spark, Table.PROPERTY_GRADIENTS).stream()
                .collect(Collectors.toMap(
                        PropertyGradientRow::imageId, PropertyGradientRow::weight, (one, other) -> one));
        double mce = 0;
        for (Map.Entry<String, Double> alexNet :
                Map.of("fog", 0.819324, "pixelate", 0.717840).entrySet()) {
            double wrong = 0;
            double all = 0;
            for (InterventionRow row : rows(spark, Table.INTERVENTIONS)) {
                PredictionRow prediction = predictions.get(row.imageId());
                if (row.property().equals(alexNet.getKey()) && row.target().equals(prediction.predicted())) {
                    double weight = weights.get(row.imageId());
                    all += weight;
                    wrong += row.predictedIndex() == prediction.labelIndex() ? 0 : weight;
                }
            }

            assertThat(value(metrics, "corruption.error.mean[" + alexNet.getKey() + "]"))
                    .isCloseTo(wrong / all, within(ROUNDING));
            mce += wrong / all / alexNet.getValue() / 2;
        }

        assertThat(value(metrics, "corruption.mce.mean")).isCloseTo(mce, within(ROUNDING));
    }

    @Test
    void filmStripsShowTheStrongestImageFromItsOriginalToItsLastStep(SparkSession spark) throws Exception {
        List<EditedImageRow> strip = rows(spark, Table.EDITED_IMAGES).stream()
                .filter(row -> row.editor().startsWith("brightness") && row.shown() == StripCase.STRONGEST)
                .sorted(Comparator.comparing(row -> row.step() == null ? -1 : row.step()))
                .toList();
        double largest = rows(spark, Table.PROPERTY_GRADIENTS).stream()
                .filter(row -> row.editorName().equals("brightness"))
                .filter(row -> row.target().equals(strip.get(0).target()))
                .mapToDouble(PropertyGradientRow::expectedGradient)
                .max()
                .orElseThrow();

        assertThat(strip).hasSize(6);
        assertThat(strip.get(0).step()).isNull();
        assertThat(strip.get(0).expectedGradient()).isEqualTo(largest);
        double before = -1;
        for (EditedImageRow row : strip.subList(1, 6)) {
            RgbImage picture = ImageDecoder.decode(row.png(), new DecodeLimits(1 << 20, 1 << 20));
            assertThat(picture.width()).isEqualTo(64);
            double bright = 0;
            for (byte value : picture.rgb()) {
                bright += value & 0xFF;
            }

            assertThat(bright).isGreaterThan(before);
            before = bright;
        }
    }

    @Test
    void partitionsAndBatchesDoNotMatter(SparkSession spark) {
        TaskHarness harness = TaskHarness.list(spark, demo);
        Plan plan = demo.plan(
                        "scheduling",
                        "attribution.methods=[]",
                        "interventions=[ { editor = brightness, steps = 5 }, { editor = noise, steps = 3 }, corruption(elastic) ]")
                .plan();
        List<List<InterventionPart>> once = interventions(harness.evidence(plan, 1, 16));

        assertThat(once).hasSize(IMAGES).allMatch(parts -> parts.size() == 3);
        assertThat(interventions(harness.evidence(plan, 7, 3))).isEqualTo(once);
        assertThat(interventions(harness.evidence(plan, 2, 1))).isEqualTo(once);
    }

    private static List<List<InterventionPart>> interventions(List<EvidenceRow> evidence) {
        return evidence.stream().map(EvidenceRow::interventions).toList();
    }

    private static double value(List<GroupMetricRow> metrics, String metric) {
        return metrics.stream()
                .filter(row -> row.metric().equals(metric) && row.attribute().equals("*"))
                .map(GroupMetricRow::value)
                .findFirst()
                .orElseThrow();
    }

    private static <R extends Record> List<R> rows(SparkSession spark, Table<R> table) {
        return table.read(spark, demo.output())
                .filter(functions.col("run_id").equalTo("edits"))
                .collectAsList();
    }

    private static <R> Map<String, R> byId(List<R> rows, Function<R, String> id) {
        return rows.stream().collect(Collectors.toMap(id, Function.identity()));
    }
}
