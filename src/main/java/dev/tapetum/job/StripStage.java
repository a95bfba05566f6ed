package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.probe.Softmax;
import dev.tapetum.report.StripPart;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.RecordEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The film strips of a run: for each editor, and the class that speaks for it, the image whose answer is strongest, one in the
 * middle of all, and one that does not answer to the order of the steps. Of its steps as many as a strip shows, at even
 * distances. These edits are made again, by tasks, since a painter may be needed for them; what the model said of them is in
 * the evidence.
 *
 * @param task draws the pictures
 * @param index the run's images
 */
record StripStage(SparkSession spark, Plan plan, RunFolder folder, StripTask task, ImageIndex index) {

    /**
     * @param headlines the class that speaks for each editor, or {@link ResponseMeasure#OWN_TARGET}, by the editor's text; the
     *     editors that are most worth a strip first
     */
    List<EditedImageRow> rows(Dataset<Row> evidence, Map<String, String> headlines) {
        // A feature that is set to a value changes no pixel.
        Map<String, String> ofPixels = new LinkedHashMap<>(headlines);
        plan.interventions().stream()
                .filter(SaeFeature.class::isInstance)
                .forEach(editor -> ofPixels.remove(CanonicalText.of((Record) editor)));
        List<StripChoice.Strip> strips = StripChoice.of(evidence, ofPixels);
        Map<String, Integer> shards = new HashMap<>();
        strips.forEach(strip -> shards.put(strip.imageId(), strip.shard()));
        if (shards.isEmpty()) {
            return List.of();
        }

        Map<String, Row> byId = new HashMap<>();
        Waves.evidence(spark, folder, index.summary(), Set.copyOf(shards.values()))
                .where(col("image_id").isin(shards.keySet().toArray()))
                .select("image_id", "prediction.logits", "interventions")
                .collectAsList()
                .forEach(row -> byId.put(row.getString(0), row));
        Map<StripTask.Key, byte[]> pictures = pictures(shards, wanted(strips, byId));
        List<EditedImageRow> rows = new ArrayList<>();
        for (StripChoice.Strip strip : strips) {
            rows.addAll(rows(strip, Objects.requireNonNull(byId.get(strip.imageId())), pictures));
        }

        return rows;
    }

    private Map<StripTask.Key, byte[]> pictures(
            Map<String, Integer> shards, Map<String, Map<Integer, List<Integer>>> wanted) {
        Map<StripTask.Key, byte[]> pictures = new HashMap<>();
        index.shards(Set.copyOf(shards.values()))
                .where(col("image.image_id").isin(shards.keySet().toArray()))
                .repartition(1)
                .mapPartitions(task.drawing(wanted), RecordEncoder.of(StripTask.Picture.class))
                .collectAsList()
                .forEach(picture -> pictures.put(picture.key(), picture.png()));
        return pictures;
    }

    /** The steps to be drawn, by image and editor. */
    private Map<String, Map<Integer, List<Integer>>> wanted(List<StripChoice.Strip> strips, Map<String, Row> byId) {
        Map<String, Map<Integer, List<Integer>>> wanted = new HashMap<>();
        for (StripChoice.Strip strip : strips) {
            Row image = Objects.requireNonNull(byId.get(strip.imageId()));
            wanted.computeIfAbsent(strip.imageId(), none -> new TreeMap<>())
                    .put(
                            index(strip.editor()),
                            shown(strip, image).stream()
                                    .map(step -> step.<Integer>getAs("step"))
                                    .toList());
        }

        return wanted;
    }

    /** The steps that a strip shows: few, however many the editor has. */
    private static List<Row> shown(StripChoice.Strip strip, Row image) {
        List<Row> parts = image.getList(2);
        return parts.stream()
                .filter(part -> part.<String>getAs("editor").equals(strip.editor()))
                .map(part -> part.<Row>getList(part.fieldIndex("steps")))
                .findFirst()
                .map(steps -> StripPart.evenly(steps, StripPart.MOST_FRAMES - 1))
                .orElse(List.of());
    }

    private int index(String editor) {
        List<Editor> editors = plan.interventions();
        for (int i = 0; i < editors.size(); i++) {
            if (CanonicalText.of((Record) editors.get(i)).equals(editor)) {
                return i;
            }
        }

        throw new IllegalArgumentException("No editor " + editor);
    }

    private List<EditedImageRow> rows(StripChoice.Strip strip, Row image, Map<StripTask.Key, byte[]> pictures) {
        int editor = index(strip.editor());
        List<EditedImageRow> rows = new ArrayList<>();
        byte[] original = pictures.get(new StripTask.Key(strip.imageId(), editor, StripTask.ORIGINAL));
        if (original == null) {
            return rows;
        }

        List<Float> logits = image.getList(1);
        rows.add(row(strip, null, null, Softmax.of(logits).probability(strip.targetIndex()), true, original));
        for (Row step : shown(strip, image)) {
            int number = step.<Integer>getAs("step");
            byte[] picture = pictures.get(new StripTask.Key(strip.imageId(), editor, number));
            if (picture != null) {
                rows.add(row(
                        strip,
                        number,
                        step.<Double>getAs("strength"),
                        probability(step, strip.targetIndex()),
                        step.<Boolean>getAs("valid"),
                        picture));
            }
        }

        return rows;
    }

    private static double probability(Row step, int target) {
        List<Row> outcomes = step.getList(step.fieldIndex("outcomes"));
        return outcomes.stream()
                .filter(outcome -> outcome.<Integer>getAs("target_index") == target)
                .mapToDouble(outcome -> outcome.<Double>getAs("probability"))
                .findFirst()
                .orElse(Double.NaN);
    }

    private EditedImageRow row(
            StripChoice.Strip strip,
            @Nullable Integer step,
            @Nullable Double strength,
            double probability,
            boolean valid,
            byte[] png) {
        return new EditedImageRow(
                folder.runId(),
                strip.editor(),
                plan.interventions().get(index(strip.editor())).property(),
                strip.shown(),
                strip.imageId(),
                strip.target(),
                strip.expected(),
                strip.p(),
                step,
                strength,
                probability,
                valid,
                png);
    }
}
