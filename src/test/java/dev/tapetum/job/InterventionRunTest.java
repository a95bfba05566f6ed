package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RgbImage;
import dev.tapetum.intervention.PropertyGradient;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Softmax;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
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
                + " corruption(fog), corruption(pixelate), { editor = contrast, steps = 12 },"
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
            double low = Map.of("brightness", -0.4, "stamp", 0.1, "contrast", 0.25, "corruption", 1.0, "series", 1.0)
                    .get(row.editorName());
            double high = Map.of("brightness", 0.4, "stamp", 1.0, "contrast", 1.75, "corruption", 5.0, "series", 4.0)
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
    void effectsAreTheWeightedMeansOfTheImagesOfTheirGroup(SparkSession spark) {
        Map<String, ImageRow> images = byId(rows(spark, Table.IMAGES), ImageRow::imageId);
        List<PropertyGradientRow> gradients = rows(spark, Table.PROPERTY_GRADIENTS);
        List<PropertyEffectRow> effects = rows(spark, Table.PROPERTY_EFFECTS);

        assertThat(effects).extracting(PropertyEffectRow::attribute).contains("*", "site", "vendor", "tag");
        assertThat(effects).extracting(PropertyEffectRow::target).contains("*", "mug");
        for (PropertyEffectRow effect : effects) {
            List<PropertyGradientRow> own = gradients.stream()
                    .filter(row -> row.expectedGradient() != null)
                    .filter(row -> row.editor().equals(effect.editor())
                            && row.property().equals(effect.property()))
                    .filter(row -> effect.target().equals("*")
                            ? row.own()
                            : row.target().equals(effect.target()))
                    .filter(row -> isIn(effect.attribute(), effect.group(), images.get(row.imageId())))
                    .toList();
            double weights =
                    own.stream().mapToDouble(PropertyGradientRow::weight).sum();
            assertThat(effect.n()).as(effect.toString()).isEqualTo(own.size());
            if (effect.expectedGradient() != null) {
                double expected = own.stream()
                        .mapToDouble(row -> row.weight() * row.expectedGradient())
                        .sum();
                double signed = own.stream()
                        .mapToDouble(row -> row.weight() * row.signedGradient())
                        .sum();
                double flipped = own.stream()
                        .mapToDouble(row -> row.flipped() ? row.weight() : 0)
                        .sum();
                assertThat(effect.expectedGradient()).isCloseTo(expected / weights, within(ROUNDING));
                assertThat(effect.signedGradient()).isCloseTo(signed / weights, within(ROUNDING));
                assertThat(effect.flipRate()).isCloseTo(flipped / weights, within(ROUNDING));
            }
        }
    }

    @Test
    void curvesAreTheWeightedMeansOfTheValidStepsOfTheirGroup(SparkSession spark) {
        Map<String, ImageRow> images = byId(rows(spark, Table.IMAGES), ImageRow::imageId);
        List<InterventionRow> steps = rows(spark, Table.INTERVENTIONS);
        List<DoseResponseRow> curves = rows(spark, Table.DOSE_RESPONSES);

        assertThat(steps).anyMatch(row -> !row.valid());
        assertThat(curves).extracting(DoseResponseRow::attribute).contains("*", "site", "vendor", "tag");
        for (DoseResponseRow point : curves) {
            List<InterventionRow> own = steps.stream()
                    .filter(row -> row.editor().equals(point.editor()) && row.step() == point.step() && row.valid())
                    .filter(row -> point.target().equals("*")
                            ? row.own()
                            : row.target().equals(point.target()))
                    .filter(row -> isIn(point.attribute(), point.group(), images.get(row.imageId())))
                    .toList();
            double sum = own.stream()
                    .mapToDouble(row -> row.weight() * row.probability())
                    .sum();
            double weights = own.stream().mapToDouble(InterventionRow::weight).sum();
            assertThat(point.n()).as(point.toString()).isEqualTo(own.size());
            assertThat(point.value()).isCloseTo(sum / weights, within(ROUNDING));
        }
    }

    private static boolean isIn(String attribute, String group, ImageRow image) {
        return attribute.equals("*")
                || new Group(attribute, group)
                        .components().stream()
                                .allMatch(part ->
                                        part.value().equals(image.attributes().get(part.attribute())));
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

    /** {@link StripChoice} as a plain loop over the rows of the table. */
    @Test
    void filmStripsAreOfTheStrongestTheMiddleAndTheQuietestImage(SparkSession spark) {
        List<EditedImageRow> pictures = rows(spark, Table.EDITED_IMAGES);
        Map<String, List<PropertyGradientRow>> byEditor = rows(spark, Table.PROPERTY_GRADIENTS).stream()
                .filter(row -> row.expectedGradient() != null)
                .collect(Collectors.groupingBy(PropertyGradientRow::editor));

        Map<String, PropertyEffectRow> headlines = Headline.of(rows(spark, Table.PROPERTY_EFFECTS));

        assertThat(pictures).extracting(EditedImageRow::editor).containsAll(byEditor.keySet());
        byEditor.forEach((editor, gradients) -> {
            String target = Objects.requireNonNull(headlines.get(editor)).target();
            List<PropertyGradientRow> own = gradients.stream()
                    .filter(row -> target.equals(ResponseMeasure.OWN_TARGET)
                            ? row.own()
                            : row.target().equals(target))
                    .sorted(Comparator.comparing(PropertyGradientRow::expectedGradient)
                            .thenComparing(PropertyGradientRow::imageId))
                    .toList();
            assertThat(shown(pictures, editor, StripCase.STRONGEST)).containsExactly(told(own.get(own.size() - 1)));
            // Of an even number the lower one of the two in the middle.
            double middle = own.get((own.size() - 1) / 2).expectedGradient();
            assertThat(shown(pictures, editor, StripCase.TYPICAL))
                    .containsExactly(told(own.stream()
                            .filter(row -> row.expectedGradient() == middle)
                            .findFirst()
                            .orElseThrow()));
            assertThat(shown(pictures, editor, StripCase.INSIGNIFICANT))
                    .isEqualTo(own.stream()
                            .filter(row -> row.pValue() > 0.05)
                            .max(Comparator.comparing(PropertyGradientRow::pValue)
                                    .thenComparing(PropertyGradientRow::imageId))
                            .map(row -> List.of(told(row)))
                            .orElse(List.of()));
        });
    }

    private static String told(PropertyGradientRow row) {
        return row.imageId() + " " + row.target() + " " + row.expectedGradient() + " " + row.pValue();
    }

    private static List<String> shown(List<EditedImageRow> pictures, String editor, StripCase shown) {
        return pictures.stream()
                .filter(row -> row.editor().equals(editor) && row.shown() == shown)
                .map(row -> row.imageId() + " " + row.target() + " " + row.expectedGradient() + " " + row.pValue())
                .distinct()
                .toList();
    }

    @Test
    void everyPictureOfAStripIsToldWithWhatTheModelSaidOfIt(SparkSession spark) {
        List<EditedImageRow> pictures = rows(spark, Table.EDITED_IMAGES);
        Map<String, PredictionRow> predictions = byId(rows(spark, Table.PREDICTIONS), PredictionRow::imageId);
        Map<String, InterventionRow> steps = rows(spark, Table.INTERVENTIONS).stream()
                .collect(Collectors.toMap(
                        row -> key(row.imageId(), row.editor(), row.target(), row.step()), Function.identity()));

        assertThat(pictures).anyMatch(row -> !row.valid() || row.editor().startsWith("series"));
        for (EditedImageRow picture : pictures) {
            if (picture.step() == null) {
                PredictionRow prediction = predictions.get(picture.imageId());
                int target = steps.get(key(picture.imageId(), picture.editor(), picture.target(), 0))
                        .targetIndex();
                assertThat(picture.probability())
                        .isCloseTo(Softmax.of(prediction.logits()).probability(target), within(ROUNDING));
                assertThat(picture.strength()).isNull();
            } else {
                InterventionRow step =
                        steps.get(key(picture.imageId(), picture.editor(), picture.target(), picture.step()));
                // Boxed, since an edited image that could not be read has none, and no number equals itself then.
                assertThat(picture.probability()).isEqualTo(Double.valueOf(step.probability()));
                assertThat(picture.strength()).isEqualTo(step.strength());
                assertThat(picture.valid()).isEqualTo(step.valid());
            }
        }
    }

    private static String key(String image, String editor, String target, int step) {
        return String.join(" ", image, editor, target, String.valueOf(step));
    }

    /** Nine pictures are a strip, however many steps an editor has, and each is of the step that it is told with. */
    @Test
    void aStripOfManyStepsShowsAFewOfThem(SparkSession spark) throws Exception {
        for (StripCase shown : List.of(StripCase.STRONGEST, StripCase.TYPICAL)) {
            List<EditedImageRow> strip = rows(spark, Table.EDITED_IMAGES).stream()
                    .filter(row -> row.editor().startsWith("contrast") && row.shown() == shown && row.step() != null)
                    .sorted(Comparator.comparing(EditedImageRow::step))
                    .toList();

            // round(11 i / 7) for i from 0 to 7
            assertThat(strip).extracting(EditedImageRow::step).containsExactly(0, 2, 3, 5, 6, 8, 9, 11);
            double before = -1;
            for (EditedImageRow row : strip) {
                double contrast = PixelMeasure.CONTRAST.of(
                        PlanarImage.of(ImageDecoder.decode(row.png(), new DecodeLimits(1 << 20, 1 << 20))), null);
                assertThat(contrast).isGreaterThan(before);
                before = contrast;
            }
        }
    }

    @Test
    void theEvidenceOfShardsIsReadFromTheirWavesOnly(SparkSession spark) {
        RunFolder run =
                new RunFolder(demo.output(), "edits", HadoopSettings.of(spark).configuration());
        IndexSummary listed =
                ImageIndex.open(spark, HadoopSettings.of(spark), run.index()).summary();
        Dataset<Row> evidence = Waves.evidence(spark, run, listed, List.of(1));

        assertThat(listed.waves()).isGreaterThan(1);
        assertThat(evidence.inputFiles())
                .isNotEmpty()
                .allMatch(file -> Path.of(URI.create(file)).startsWith(run.wave(listed.wave(1))));
        assertThat(evidence.select("shard").distinct().as(Encoders.INT()).collectAsList())
                .containsExactly(1);
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
