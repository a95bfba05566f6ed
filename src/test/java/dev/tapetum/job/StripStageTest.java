package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.intervention.Editor;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.StripCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
final class StripStageTest {

    /** An image with its interventions, public for the encoder. */
    public record Image(String imageId, int shard, List<InterventionPart> interventions) {}

    /**
     * In order of the expected gradient: a 0.1, c 0.2, b 0.3, e 0.4, d 0.9, so that b is the middle; the largest p-value is
     * that of c. The other class answers less on average.
     */
    @Test
    void theStrongestTheMiddleAndTheQuietestImageAreShown(SparkSession spark) {
        List<Editor> editors = new DemoAudit(Path.of("absent"))
                .plan("strips", "interventions=[brightness]")
                .plan()
                .interventions();
        String editor = CanonicalText.of((Record) editors.get(0));
        Dataset<Row> evidence = spark.createDataset(
                        List.of(
                                image(editor, "a", 1, 0.1, 0.2),
                                image(editor, "b", 2, 0.3, 0.01),
                                image(editor, "c", 3, 0.2, 0.5),
                                image(editor, "d", 4, 0.9, 0.01),
                                image(editor, "e", 5, 0.4, 0.04)),
                        RecordEncoder.of(Image.class))
                .toDF();

        assertThat(StripStage.chosen(evidence, editors, Map.of(editor, "cat")))
                .containsExactly(
                        new StripStage.Strip(editor, StripCase.STRONGEST, "d", 4, "cat", 0, 0.9, 0.01),
                        new StripStage.Strip(editor, StripCase.TYPICAL, "b", 2, "cat", 0, 0.3, 0.01),
                        new StripStage.Strip(editor, StripCase.INSIGNIFICANT, "c", 3, "cat", 0, 0.2, 0.5));
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
                target, index, index == 0, expected, expected, expected, 1.0, p, false, null, 5, 0);
    }
}
