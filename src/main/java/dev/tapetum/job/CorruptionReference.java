package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.PropertyGradientSettings;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.image.corruption.CorruptionKind;
import dev.tapetum.intervention.Corruption;
import dev.tapetum.intervention.Editor;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The errors of the model that corruption errors are measured by: those of AlexNet on ImageNet (Hendrycks and Dietterich 2019),
 * which come with the program, or those of an earlier run.
 *
 * @param clean the error without corruption, on the images that were corrupted; NaN where it is not known
 * @param errors by kind of corruption, the mean over the severities
 */
record CorruptionReference(double clean, Map<String, Double> errors) implements Serializable {

    /** Shares of the same images differ by more, or are the same. */
    private static final double ROUNDING = 1e-9;

    /** Whose errors they are, as it may stand in a sentence. */
    static String inWords(Plan plan) {
        String reference = plan.propertyGradients().corruptionReference();
        return reference.equals(PropertyGradientSettings.ALEXNET)
                ? "AlexNet on ImageNet (Hendrycks and Dietterich 2019)"
                : "run " + reference;
    }

    /** For names alone, where no errors are needed. */
    static final CorruptionReference NONE = new CorruptionReference(Double.NaN, Map.of());

    CorruptionReference {
        errors = Map.copyOf(errors);
    }

    /** Whether a plan has corruptions at all. */
    static boolean isNeeded(Plan plan) {
        return !kinds(plan).isEmpty();
    }

    /**
     * The reference of a plan; null where it has no corruptions.
     *
     * @param out where the earlier run is looked up: where the plan's own run is, which may have moved since it was planned
     * @throws UserError when the run that is named has ended without them
     */
    static @Nullable CorruptionReference of(SparkSession spark, PlanFile file, String out) {
        Plan plan = file.plan();
        if (!isNeeded(plan)) {
            return null;
        }

        String reference = plan.propertyGradients().corruptionReference();
        return reference.equals(PropertyGradientSettings.ALEXNET) ? alexNet() : run(spark, file, out, reference);
    }

    private static CorruptionReference run(SparkSession spark, PlanFile file, String out, String runId) {
        Plan plan = file.plan();
        List<GroupMetricRow> rows = Table.GROUP_METRICS
                .read(spark, out)
                .filter(functions.col("run_id").equalTo(runId))
                .filter(functions.col("attribute").equalTo(Group.WHOLE.attribute()))
                .collectAsList();
        Map<String, Double> values = new HashMap<>();
        rows.stream().filter(row -> row.value() != null).forEach(row -> values.put(row.metric(), row.value()));
        Map<String, Double> errors = new HashMap<>();
        for (String kind : kinds(plan)) {
            Double error = values.get(ResponseMeasure.ofCorruption(ResponseMeasure.CORRUPTION_ERROR, kind)
                    .mean());
            if (error == null || !(error > 0)) {
                throw file.error(
                        "property-gradients.corruption-reference",
                        "corruption-reference names run '" + runId + "', which has no error above zero for " + kind
                                + " in " + out + "; name a run that audited the same corruptions, or "
                                + PropertyGradientSettings.ALEXNET);
            }

            errors.put(kind, error);
        }

        Double clean = values.get(new ResponseMeasure(ResponseMeasure.CLEAN_ERROR, "", "").mean());
        return new CorruptionReference(clean == null ? cleanOfAll(spark, out, runId, values) : clean, errors);
    }

    /**
     * The error of all images, where it is that of the corrupted ones: in a run that is too old to have kept the latter, and drew
     * no sample. Else NaN, for the difference of errors on different images is not what the corruptions add.
     */
    private static double cleanOfAll(SparkSession spark, String out, String runId, Map<String, Double> values) {
        Double accuracy = values.get("accuracy");
        return accuracy == null || mayBeSampled(spark, out, runId) ? Double.NaN : 1 - accuracy;
    }

    private static boolean mayBeSampled(SparkSession spark, String out, String runId) {
        List<RunRow> runs = Table.RUNS
                .read(spark, out)
                .filter(functions.col("run_id").equalTo(runId))
                .collectAsList();
        try {
            return runs.isEmpty()
                    || PlanFile.parse(runs.get(0).plan(), "the plan of run " + runId, List.of())
                                    .plan()
                                    .propertyGradients()
                                    .sample()
                            != null;
        } catch (UserError e) {
            // A plan of another version, of which nothing is known.
            return true;
        }
    }

    private static CorruptionReference alexNet() {
        Map<String, Double> errors = new HashMap<>();
        for (CorruptionKind kind : CorruptionKind.values()) {
            errors.put(CanonicalText.value(kind), kind.alexnetMeanError());
        }

        return new CorruptionReference(CorruptionKind.ALEXNET_CLEAN_ERROR, errors);
    }

    private static List<String> kinds(Plan plan) {
        return plan.interventions().stream()
                .filter(Corruption.class::isInstance)
                .map(Editor::property)
                .toList();
    }

    /** The mean over the corruptions of {@code e_c / E_c}. */
    double meanError(Map<String, Double> own) {
        return own.entrySet().stream()
                .mapToDouble(error -> error.getValue() / of(error.getKey()))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The mean over the corruptions of {@code (e_c − e) / (E_c − E)}. NaN where the reference errs no more often under one of them
     * than without any: by nothing it cannot be divided, and by less than nothing the more a corruption harms, the smaller the
     * ratio. Leaving out that corruption would make the mean one of others.
     */
    double meanAddedError(Map<String, Double> own, double ownClean) {
        if (!own.keySet().stream().allMatch(this::adds)) {
            return Double.NaN;
        }

        return own.entrySet().stream()
                .mapToDouble(error -> (error.getValue() - ownClean) / (of(error.getKey()) - clean))
                .average()
                .orElse(Double.NaN);
    }

    private boolean adds(String kind) {
        return of(kind) - clean > ROUNDING;
    }

    /**
     * Why there is no relative mCE, in a sentence; null where there is one.
     *
     * @param named whose errors they are, as it may stand in a sentence
     */
    @Nullable
    String noAddedError(String named) {
        List<String> without = errors.keySet().stream()
                .filter(kind -> !adds(kind))
                .sorted()
                .map(kind -> kind + String.format(Locale.ROOT, " (%.1f%%)", 100 * of(kind)))
                .toList();
        if (without.isEmpty()) {
            return null;
        }

        return "Relative mCE is not reported: on the images as they are the error of " + named
                + (Double.isNaN(clean)
                        ? " is not known"
                        : String.format(Locale.ROOT, " is %.1f%%, and no larger under ", 100 * clean)
                                + String.join(", ", without))
                + ", so there is no added error to divide by";
    }

    private double of(String kind) {
        return Objects.requireNonNull(errors.get(kind), kind);
    }
}
