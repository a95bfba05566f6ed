package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.StripCase;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
final class StripChoiceTest {

    private static final String EDITOR = "brightness(steps=3)";

    /** An image with its interventions, public for the encoder. */
    public record Image(String imageId, int shard, List<InterventionPart> interventions) {}

    /**
     * In order of the expected gradient: a 0.1, c 0.2, b 0.3, e 0.4, d 0.9, so that b is the middle; the largest p-value is
     * that of c. The other class is that of the images' own.
     */
    @Test
    void theStrongestTheMiddleAndTheQuietestImageAreShown(SparkSession spark) {
        Dataset<Row> evidence = evidence(spark);

        assertThat(StripChoice.of(evidence, Map.of(EDITOR, "cat")))
                .containsExactly(
                        new StripChoice.Strip(EDITOR, StripCase.STRONGEST, "d", 4, "cat", 0, 0.9, 0.01),
                        new StripChoice.Strip(EDITOR, StripCase.TYPICAL, "b", 2, "cat", 0, 0.3, 0.01),
                        new StripChoice.Strip(EDITOR, StripCase.INSIGNIFICANT, "c", 3, "cat", 0, 0.2, 0.5));
    }

    /** The gradients of dog are 0.15 of every image, so that the last id of equal ones is the strongest and the first typical. */
    @Test
    void whereTheOwnClassSpeaksItsGradientsChoose(SparkSession spark) {
        assertThat(StripChoice.of(evidence(spark), Map.of(EDITOR, ResponseMeasure.OWN_TARGET)))
                .containsExactly(
                        new StripChoice.Strip(EDITOR, StripCase.STRONGEST, "e", 5, "dog", 1, 0.15, 0.9),
                        new StripChoice.Strip(EDITOR, StripCase.TYPICAL, "a", 1, "dog", 1, 0.15, 0.9),
                        new StripChoice.Strip(EDITOR, StripCase.INSIGNIFICANT, "e", 5, "dog", 1, 0.15, 0.9));
    }

    @Test
    void anEditorThatNoImageAnsweredHasNoStrip(SparkSession spark) {
        assertThat(StripChoice.of(evidence(spark), Map.of(EDITOR, "bird"))).isEmpty();
        assertThat(StripChoice.of(evidence(spark), Map.of("blur", "cat"))).isEmpty();
    }

    private static Dataset<Row> evidence(SparkSession spark) {
        return spark.createDataset(
                        List.of(
                                image(EDITOR, "a", 1, 0.1, 0.2),
                                image(EDITOR, "b", 2, 0.3, 0.01),
                                image(EDITOR, "c", 3, 0.2, 0.5),
                                image(EDITOR, "d", 4, 0.9, 0.01),
                                image(EDITOR, "e", 5, 0.4, 0.04)),
                        RecordEncoder.of(Image.class))
                .toDF();
    }

    private static Image image(String editor, String id, int shard, double expected, double p) {
        return new Image(
                id,
                shard,
                List.of(new InterventionPart(
                        editor,
                        "brightness",
                        "brightness",
                        1,
                        List.of(),
                        List.of(gradient("cat", 0, expected, p), gradient("dog", 1, 0.15, 0.9)))));
    }

    private static PropertyGradientPart gradient(String target, int index, double expected, double p) {
        return new PropertyGradientPart(
                target, index, index == 1, expected, expected, expected, 1.0, p, false, null, 5, 0);
    }
}
