package dev.tapetum.job;

import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.probe.Softmax;
import dev.tapetum.table.FeatureAblationRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * From the evidence of an image to what taking features out of it changed: per editor, control, target and group of the image the
 * probability without it less that of the image as it is. A feature of which one of the three, itself or a control, has no finite
 * answer on an image has none of them there, so that all are of the same images.
 *
 * @param attributes those that group images
 * @param classes that are told by name, beside each image's own
 */
record AblationChanges(List<String> attributes, Set<String> classes)
        implements FlatMapFunction<Row, AblationChanges.Change> {

    static final String ERROR = AssociationStage.ERROR;

    AblationChanges {
        attributes = List.copyOf(attributes);
        classes = Set.copyOf(classes);
    }

    /**
     * One change, public for the encoder.
     *
     * @param unit of which the image is one
     * @param change of the target's probability
     * @param difference the feature's own change less this one; 0 for its own
     */
    public record Change(
            String unit,
            String editor,
            String sae,
            int feature,
            String control,
            String target,
            String attribute,
            String group,
            double weight,
            double change,
            double difference) {}

    /** What {@link #call} reads of evidence: of the steps the one that takes the feature out. */
    static Dataset<Row> columns(Dataset<Row> evidence) {
        Column out = functions.transform(
                functions.col("feature_effects"),
                part -> functions.struct(
                        part.getField("editor").as("editor"),
                        part.getField("sae").as("sae"),
                        part.getField("feature").as("feature"),
                        part.getField("control").as("control"),
                        part.getField("weight").as("weight"),
                        takenOut(part.getField("steps")).getField("outcomes").as("outcomes")));
        return evidence.where(functions.size(functions.col("feature_effects")).gt(0))
                .select(
                        functions
                                .coalesce(functions.col("cluster"), functions.col("image_id"))
                                .as("unit"),
                        functions.col("attributes"),
                        functions.col("prediction.correct").as("correct"),
                        functions.col("prediction.logits").as("logits"),
                        out.as("effects"));
    }

    /** The step that takes a feature out; null where the answer to it is not made of finite numbers. */
    private static Column takenOut(Column steps) {
        return functions.get(
                functions.filter(
                        steps, step -> step.getField("strength").equalTo(0).and(step.getField("valid"))),
                functions.lit(0));
    }

    @Override
    public Iterator<Change> call(Row image) {
        String unit = image.getString(0);
        List<Group> groups = groups(image.getJavaMap(1), image.isNullAt(2) ? null : image.getBoolean(2));
        Softmax before = Softmax.of(image.<Float>getList(3));
        List<Change> changes = new ArrayList<>();
        for (List<Row> parts : byEditor(image.getList(4))) {
            if (parts.stream().noneMatch(part -> part.isNullAt(part.fieldIndex("outcomes")))) {
                Map<String, Double> own = changes(parts.get(0), before);
                for (Row part : parts) {
                    changes(part, before).forEach((target, change) -> {
                        double difference = Objects.requireNonNull(own.get(target)) - change;
                        groups.forEach(group -> changes.add(change(unit, part, target, group, change, difference)));
                    });
                }
            }
        }

        return changes.iterator();
    }

    private static Change change(String unit, Row part, String target, Group group, double change, double difference) {
        return new Change(
                unit,
                part.getAs("editor"),
                part.getAs("sae"),
                part.<Integer>getAs("feature"),
                part.getAs("control"),
                target,
                group.attribute(),
                group.value(),
                part.<Double>getAs("weight"),
                change,
                difference);
    }

    /** The change of each target, by the name under which it is told. */
    private Map<String, Double> changes(Row part, Softmax before) {
        Map<String, Double> changes = new LinkedHashMap<>();
        List<Row> outcomes = part.getList(part.fieldIndex("outcomes"));
        for (Row outcome : outcomes) {
            double change =
                    outcome.<Double>getAs("probability") - before.probability(outcome.<Integer>getAs("target_index"));
            if (outcome.<Boolean>getAs("own")) {
                changes.put(ResponseMeasure.OWN_TARGET, change);
            }

            if (classes.contains(outcome.<String>getAs("target"))) {
                changes.put(outcome.getAs("target"), change);
            }
        }

        return changes;
    }

    /** A feature and its controls stand one after the other. */
    private static List<List<Row>> byEditor(List<Row> effects) {
        List<List<Row>> editors = new ArrayList<>();
        for (Row effect : effects) {
            if (effect.<String>getAs("control").equals(FeatureAblationRow.ITSELF)) {
                editors.add(new ArrayList<>());
            }

            editors.get(editors.size() - 1).add(effect);
        }

        return editors;
    }

    private List<Group> groups(Map<String, String> values, @Nullable Boolean correct) {
        Set<Group> groups = new LinkedHashSet<>(List.of(Group.WHOLE));
        for (String attribute : attributes) {
            groups.add(Group.of(values, attribute));
        }

        // An attribute of that name is the user's own.
        if (correct != null && !attributes.contains(ERROR)) {
            groups.add(new Group(ERROR, correct ? AssociationStage.RIGHT : AssociationStage.WRONG));
        }

        return List.copyOf(groups);
    }
}
