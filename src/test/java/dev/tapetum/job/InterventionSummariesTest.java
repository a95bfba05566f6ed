package dev.tapetum.job;

import static dev.tapetum.job.EditedImages.gradient;
import static dev.tapetum.job.EditedImages.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Observation;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.StepPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class InterventionSummariesTest {

    private static final String EDITED = "[ brightness ]";

    @Test
    void ofAModelWithManyClassesThoseThatThePlanNamesHaveNumbers(SparkSession spark) {
        InterventionSummaries summaries = of("[ predicted, class-51, class-7 ]", 60);
        InterventionPart part = new InterventionPart(
                "brightness(steps=3)",
                "brightness",
                "brightness",
                1,
                List.of(),
                List.of(
                        gradient("class-3", 3, true, 0.3),
                        gradient("class-51", 51, false, 0.5),
                        gradient("class-7", 7, false, 0.7)));
        Row row = EditedImages.evidence(spark, List.of(image("a", null, "x", part)))
                .select(InterventionSummaries.column())
                .first();

        Observation.Responses told = summaries.responses(row.getList(0), 3, 3);

        assertThat(summaries.classes()).containsExactly("class-51", "class-7");
        assertThat(told.values())
                .containsEntry("property.expected-gradient[brightness, class-51]", 0.5)
                .containsEntry("property.expected-gradient[brightness, class-7]", 0.7)
                .containsEntry("property.expected-gradient[brightness, *]", 0.3)
                .doesNotContainKey("property.expected-gradient[brightness, class-3]");
        assertThat(summaries.names(plan("[ predicted, class-51, class-7 ]")))
                .containsAll(told.values().keySet());
    }

    @Test
    void ofAModelWithFewClassesEachThatIsFollowedHasNumbers() {
        assertThat(of("[ predicted ]", 50).classes()).hasSize(50);
        assertThat(of("[ predicted ]", 51).classes()).isEmpty();
        assertThat(of("[ all ]", 3).classes()).containsExactly("class-0", "class-1", "class-2");
    }

    @Test
    void whereOnlyClassesAreNamedThereIsNoOwnOne() {
        InterventionSummaries summaries = of("[ class-1 ]", 3);

        assertThat(summaries.classes()).containsExactly("class-1");
        assertThat(summaries.names(plan("[ class-1 ]")))
                .containsExactly(
                        "property.expected-gradient[brightness, class-1]",
                        "property.signed-gradient[brightness, class-1]",
                        "property.flip-rate[brightness, class-1]");
    }

    private static InterventionSummaries of(String targets, int classes) {
        return InterventionSummaries.of(plan(targets), card(classes), null);
    }

    private static Plan plan(String targets) {
        return EditedImages.plan(EDITED, "property-gradients.targets=" + targets);
    }

    private static ModelCard card(int classes) {
        ModelCard toy = Toys.card(Toys.relu());
        return new ModelCard(
                toy.name(),
                toy.input(),
                IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList(),
                toy.taps(),
                toy.type(),
                toy.rules(),
                toy.variants());
    }

    private static final double ROUNDING = 1e-12;
    private static final double WEIGHT = 2.5;

    /** An image with its interventions, public for the encoder. */
    public record Image(List<InterventionPart> interventions) {}

    @Test
    void corruptionErrorsAreOfTheStepsThatAreValid(SparkSession spark) {
        Observation.Responses responses = responses(
                spark,
                summaries(Set.of("cat", "dog")),
                new InterventionPart(
                        "corruption(kind=fog)",
                        "corruption",
                        "fog",
                        WEIGHT,
                        List.of(step(0, 0, true), step(1, 1, true), step(2, 1, false), step(3, 1, true)),
                        List.of()),
                new InterventionPart(
                        "corruption(kind=snow)", "corruption", "snow", WEIGHT, List.of(step(0, 0, true)), List.of()));

        // Label 0 is predicted at one of three valid severities of fog, and at the only one of snow. The reference has
        // errors
        // 0.8 and 0.4, and 0.3 without corruption; the image itself is predicted wrongly.
        assertThat(responses.images()).isEqualTo(WEIGHT);
        assertThat(responses.values().get("corruption.error[fog]")).isCloseTo(2 / 3.0, within(ROUNDING));
        assertThat(responses.values().get("corruption.error[snow]")).isZero();
        assertThat(responses.values().get("corruption.clean-error")).isEqualTo(1);
        assertThat(responses.values().get("corruption.mce")).isCloseTo((2 / 3.0 / 0.8 + 0) / 2, within(ROUNDING));
        assertThat(responses.values().get("corruption.relative-mce"))
                .isCloseTo(((2 / 3.0 - 1) / (0.8 - 0.3) + (0 - 1) / (0.4 - 0.3)) / 2, within(ROUNDING));
    }

    @Test
    void theErrorWithoutCorruptionIsOfTheImagesThatHaveErrorsUnderThem(SparkSession spark) {
        InterventionPart fog = new InterventionPart(
                "corruption(kind=fog)", "corruption", "fog", WEIGHT, List.of(step(0, 1, true)), List.of());
        InterventionPart hue =
                new InterventionPart("hue(from=0)", "hue", "hue", WEIGHT, List.of(step(0, 1, true)), List.of());
        Row corrupted = row(spark, fog, hue);
        InterventionSummaries summaries = summaries(Set.of());

        assertThat(summaries.responses(corrupted.getList(0), 0, 0).values())
                .containsEntry("corruption.clean-error", 0.0);
        assertThat(summaries.responses(corrupted.getList(0), 0, 1).values())
                .containsEntry("corruption.clean-error", 1.0);
        assertThat(summaries
                        .responses(corrupted.getList(0), Observation.UNKNOWN, 1)
                        .values())
                .isEmpty();
        assertThat(summaries.responses(row(spark, hue).getList(0), 0, 1).values())
                .isEmpty();
        assertThat(InterventionSummaries.ofNames(EditedImages.plan("[ corruption(fog) ]"), card(2))
                        .names(EditedImages.plan("[ corruption(fog) ]")))
                .contains("corruption.clean-error");
    }

    @Test
    void everyClassHasItsNumbersAndTheOwnOneStandsForTheImage(SparkSession spark) {
        InterventionPart part = new InterventionPart(
                "hue(from=0)",
                "hue",
                "hue",
                WEIGHT,
                List.of(),
                List.of(own("cat", 0, false, 0.25, true), own("dog", 1, true, 0.5, false)));

        Map<String, Double> all =
                responses(spark, summaries(Set.of("cat", "dog")), part).values();
        Map<String, Double> own = responses(spark, summaries(Set.of()), part).values();

        assertThat(all)
                .containsOnly(
                        Map.entry("property.expected-gradient[hue, cat]", 0.25),
                        Map.entry("property.signed-gradient[hue, cat]", -0.25),
                        Map.entry("property.flip-rate[hue, cat]", 1.0),
                        Map.entry("property.expected-gradient[hue, dog]", 0.5),
                        Map.entry("property.signed-gradient[hue, dog]", -0.5),
                        Map.entry("property.flip-rate[hue, dog]", 0.0),
                        Map.entry("property.expected-gradient[hue, *]", 0.5),
                        Map.entry("property.signed-gradient[hue, *]", -0.5),
                        Map.entry("property.flip-rate[hue, *]", 0.0));
        assertThat(own)
                .containsOnlyKeys(
                        "property.expected-gradient[hue, *]",
                        "property.signed-gradient[hue, *]",
                        "property.flip-rate[hue, *]");
    }

    private static InterventionSummaries summaries(Set<String> classes) {
        return new InterventionSummaries(
                new Labels(Set.of()), classes, true, new CorruptionReference(0.3, Map.of("fog", 0.8, "snow", 0.4)));
    }

    /** Of an image with label 0 that is predicted as 1. */
    private static Observation.Responses responses(
            SparkSession spark, InterventionSummaries summaries, InterventionPart... parts) {
        return summaries.responses(row(spark, parts).getList(0), 0, 1);
    }

    private static Row row(SparkSession spark, InterventionPart... parts) {
        return spark.createDataset(List.of(new Image(List.of(parts))), RecordEncoder.of(Image.class))
                .select(InterventionSummaries.column())
                .head();
    }

    private static StepPart step(int index, int predicted, boolean valid) {
        return new StepPart(index, index + 1.0, predicted, 0, null, null, valid, List.of());
    }

    private static PropertyGradientPart own(String target, int index, boolean own, double expected, boolean flipped) {
        return new PropertyGradientPart(
                target, index, own, expected, -expected, expected, 1.0, 0.01, flipped, null, 4, 0);
    }
}
