package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.Target;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.intervention.Corruption;
import dev.tapetum.intervention.Editor;
import dev.tapetum.model.ModelCard;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the interventions on an image come to in numbers that groups are compared by.
 *
 * <p>Mean corruption errors are means of a number per image, and so have intervals and gaps like any other: with {@code e_c} the
 * share of severities of corruption c at which the image is predicted wrongly, {@code mCE = mean over images of mean_c e_c / E_c},
 * where {@code E_c} is the reference's error; relative mCE likewise of {@code (e_c − e) / (E_c − E)} with the errors {@code e} and
 * {@code E} without corruption (Hendrycks and Dietterich 2019, section 4.2). Only images with a label have them, and relative mCE
 * none where the reference gives nothing to divide by ({@link CorruptionReference#meanAddedError}). The error {@code e} is kept
 * as well, since a later run that names this one needs it of the same images.
 *
 * @param editors what the editors are called
 * @param classes the classes that have numbers of their own, over the images on which they are followed
 * @param own whether each image's own class has numbers
 * @param reference whose errors are divided by; null where there are no corruptions
 */
record InterventionSummaries(
        Labels editors,
        Set<String> classes,
        boolean own,
        @Nullable CorruptionReference reference) implements Serializable {

    private static final List<String> MEASURES =
            List.of(ResponseMeasure.EXPECTED_GRADIENT, ResponseMeasure.SIGNED_GRADIENT, ResponseMeasure.FLIP_RATE);

    /** More classes than this are no table that anyone reads, unless it is the plan that names them. */
    private static final int MOST_CLASSES = 50;

    InterventionSummaries {
        classes = Collections.unmodifiableSet(new LinkedHashSet<>(classes));
    }

    static InterventionSummaries of(Plan plan, ModelCard model, @Nullable CorruptionReference reference) {
        List<Target> targets = plan.propertyGradients().targets();
        boolean own = targets.stream().anyMatch(target -> !target.isClass());
        Set<String> classes = new LinkedHashSet<>();
        if (own && model.classes().size() <= MOST_CLASSES) {
            classes.addAll(model.classes());
        }

        targets.stream().filter(Target::isClass).map(Target::text).forEach(classes::add);
        return new InterventionSummaries(Labels.of(plan.interventions()), classes, own, reference);
    }

    /** For the names of what a run will have, before its reference is read. */
    static InterventionSummaries ofNames(Plan plan, ModelCard model) {
        return of(plan, model, CorruptionReference.isNeeded(plan) ? CorruptionReference.NONE : null);
    }

    /** The column that {@link #responses} reads: of the steps only what corruption errors need. */
    static Column column() {
        return functions.transform(
                functions.col("interventions"),
                part -> functions.struct(
                        part.getField("editor").as("editor"),
                        part.getField("editor_name").as("editor_name"),
                        part.getField("property").as("property"),
                        part.getField("weight").as("weight"),
                        part.getField("gradients").as("gradients"),
                        functions
                                .transform(
                                        functions.filter(part.getField("steps"), step -> step.getField("valid")),
                                        step -> step.getField("predicted_index"))
                                .as("predicted")));
    }

    /** The names of all summaries that a run of this plan can have. */
    List<String> names(Plan plan) {
        List<String> targets = new ArrayList<>(classes);
        if (own) {
            targets.add(ResponseMeasure.OWN_TARGET);
        }

        List<String> names = new ArrayList<>();
        for (Editor editor : plan.interventions()) {
            for (String target : targets) {
                MEASURES.forEach(
                        measure -> names.add(ResponseMeasure.ofProperty(measure, editors.of((Record) editor), target)
                                .summary()));
            }

            if (editor instanceof Corruption) {
                names.add(error(editor.property()));
            }
        }

        if (reference != null) {
            names.add(ResponseMeasure.CLEAN_ERROR);
            names.add(ResponseMeasure.MCE);
            names.add(ResponseMeasure.RELATIVE_MCE);
        }

        return names;
    }

    /** The numbers of one image. */
    Observation.Responses responses(List<Row> parts, int label, int predicted) {
        if (parts.isEmpty()) {
            return Observation.Responses.NONE;
        }

        Map<String, Double> values = new HashMap<>();
        Map<String, Double> errors = new HashMap<>();
        for (Row part : parts) {
            gradients(part, values);
            if (part.getString(1).equals(CORRUPTION) && label != Observation.UNKNOWN) {
                double error = error(CollectionConverters.asJava(part.<Integer>getSeq(5)), label);
                errors.put(part.getString(2), error);
                values.put(error(part.getString(2)), error);
            }
        }

        if (!errors.isEmpty() && reference != null) {
            double clean = predicted == label ? 0 : 1;
            values.put(ResponseMeasure.CLEAN_ERROR, clean);
            values.put(ResponseMeasure.MCE, reference.meanError(errors));
            values.put(ResponseMeasure.RELATIVE_MCE, reference.meanAddedError(errors, clean));
        }

        return new Observation.Responses(parts.get(0).getDouble(3), values);
    }

    private static final String CORRUPTION = "corruption";

    private static String error(String kind) {
        return ResponseMeasure.ofCorruption(ResponseMeasure.CORRUPTION_ERROR, kind)
                .summary();
    }

    /** Share of steps at which the prediction is wrong; NaN without steps. */
    private static double error(List<Integer> predicted, int label) {
        return (double) predicted.stream().filter(index -> index != label).count() / predicted.size();
    }

    private void gradients(Row part, Map<String, Double> values) {
        String editor = editors.of(part.getString(1), part.getString(0));
        List<Row> gradients = part.getList(4);
        for (Row gradient : gradients) {
            String target = gradient.getString(gradient.fieldIndex("target"));
            if (classes.contains(target)) {
                put(gradient, editor, target, values);
            }

            if (gradient.getBoolean(gradient.fieldIndex("own"))) {
                put(gradient, editor, ResponseMeasure.OWN_TARGET, values);
            }
        }
    }

    private static void put(Row gradient, String editor, String target, Map<String, Double> values) {
        put(gradient, "expected_gradient", ResponseMeasure.EXPECTED_GRADIENT, editor, target, values);
        put(gradient, "signed_gradient", ResponseMeasure.SIGNED_GRADIENT, editor, target, values);
        int flipped = gradient.fieldIndex("flipped");
        if (!gradient.isNullAt(flipped) && !gradient.isNullAt(gradient.fieldIndex("expected_gradient"))) {
            values.put(
                    ResponseMeasure.ofProperty(ResponseMeasure.FLIP_RATE, editor, target)
                            .summary(),
                    gradient.getBoolean(flipped) ? 1.0 : 0.0);
        }
    }

    private static void put(
            Row gradient, String column, String measure, String editor, String target, Map<String, Double> values) {
        int index = gradient.fieldIndex(column);
        if (!gradient.isNullAt(index)) {
            values.put(ResponseMeasure.ofProperty(measure, editor, target).summary(), gradient.getDouble(index));
        }
    }
}
