package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.SparkExtension;
import dev.tapetum.fairness.Observation;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.StepPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
final class InterventionSummariesTest {

    private static final double ROUNDING = 1e-12;
    private static final double WEIGHT = 2.5;

    /** An image with its interventions, public for the encoder. */
    public record Image(List<InterventionPart> interventions) {}

    @Test
    void corruptionErrorsAreOfTheStepsThatAreValid(SparkSession spark) {
        Observation.Responses responses = responses(
                spark,
                summaries(true),
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
        assertThat(responses.values().get("corruption.mce")).isCloseTo((2 / 3.0 / 0.8 + 0) / 2, within(ROUNDING));
        assertThat(responses.values().get("corruption.relative-mce"))
                .isCloseTo(((2 / 3.0 - 1) / (0.8 - 0.3) + (0 - 1) / (0.4 - 0.3)) / 2, within(ROUNDING));
    }

    @Test
    void everyClassHasItsNumbersAndTheOwnOneStandsForTheImage(SparkSession spark) {
        InterventionPart part = new InterventionPart(
                "hue(from=0)",
                "hue",
                "hue",
                WEIGHT,
                List.of(),
                List.of(gradient("cat", 0, false, 0.25, true), gradient("dog", 1, true, 0.5, false)));

        Map<String, Double> all = responses(spark, summaries(true), part).values();
        Map<String, Double> own = responses(spark, summaries(false), part).values();

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

    private static InterventionSummaries summaries(boolean perClass) {
        return new InterventionSummaries(
                new Labels(Set.of()), perClass, new CorruptionReference(0.3, Map.of("fog", 0.8, "snow", 0.4)));
    }

    /** Of an image with label 0 that is predicted as 1. */
    private static Observation.Responses responses(
            SparkSession spark, InterventionSummaries summaries, InterventionPart... parts) {
        Row row = spark.createDataset(List.of(new Image(List.of(parts))), RecordEncoder.of(Image.class))
                .select(InterventionSummaries.column())
                .head();
        return summaries.responses(row.getList(0), 0, 1);
    }

    private static StepPart step(int index, int predicted, boolean valid) {
        return new StepPart(index, index + 1.0, predicted, 0, null, null, valid, List.of());
    }

    private static PropertyGradientPart gradient(
            String target, int index, boolean own, double expected, boolean flipped) {
        return new PropertyGradientPart(
                target, index, own, expected, -expected, expected, 1.0, 0.01, flipped, null, 4, 0);
    }
}
