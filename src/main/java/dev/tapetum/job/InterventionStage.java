package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.fairness.PropertyEffect;
import dev.tapetum.intervention.Editor;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** From the interventions on all images to the tables of effects, curves and film strips. */
record InterventionStage(
        SparkSession spark, Plan plan, RunFolder folder, InterventionSummaries summaries, RunListener listener) {

    /** Writes the three tables; empty ones for a plan without interventions. */
    void write(Dataset<Row> evidence, List<PropertyEffect> found, StripStage strips) {
        List<PropertyEffectRow> effects = effects(found);
        List<DoseResponseRow> curves =
                DoseStage.curves(evidence, plan, summaries.classes(), folder.runId(), listener::warn);
        List<EditedImageRow> pictures = pictures(evidence, effects, strips);
        Table.PROPERTY_EFFECTS.write(spark, effects, folder.out(), folder.runId());
        Table.DOSE_RESPONSES.write(spark, curves, folder.out(), folder.runId());
        Table.EDITED_IMAGES.write(spark, pictures, folder.out(), folder.runId());
    }

    /** Pictures are for looking at, and no reason for a run to fail after all its work. */
    private List<EditedImageRow> pictures(Dataset<Row> evidence, List<PropertyEffectRow> effects, StripStage strips) {
        if (plan.interventions().isEmpty()) {
            return List.of();
        }

        try {
            Map<String, String> headlines = new LinkedHashMap<>();
            Headline.of(effects).forEach((editor, effect) -> headlines.put(editor, effect.target()));
            return strips.rows(evidence, headlines);
        } catch (Exception | OutOfMemoryError e) {
            listener.warn("The film strips could not be drawn: " + e + "; the tables of numbers are complete");
            return List.of();
        }
    }

    private List<PropertyEffectRow> effects(List<PropertyEffect> found) {
        Map<String, Editor> byLabel = new HashMap<>();
        plan.interventions().forEach(editor -> byLabel.put(summaries.editors().of((Record) editor), editor));
        double minEffect = plan.propertyGradients().minEffect();
        return found.stream()
                .map(effect -> StatisticTables.row(
                        effect, Objects.requireNonNull(byLabel.get(effect.editor())), minEffect, folder.runId()))
                .toList();
    }
}
