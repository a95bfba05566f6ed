package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.Target;
import dev.tapetum.report.Interventions;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;

/** What a plan makes of the numbers of its interventions, in sentences for the report. */
final class InterventionRemarks {

    private InterventionRemarks() {}

    /** @param out where the run is now, whatever its plan says */
    static Interventions.Remarks of(SparkSession spark, PlanFile file, String out) {
        return new Interventions.Remarks(classes(file.plan()), relativeError(spark, file, out));
    }

    /** Which images the numbers of a class are of: those on which the plan follows it. Empty where that is all of them. */
    static String classes(Plan plan) {
        List<Target> targets = plan.propertyGradients().targets();
        boolean predicted = targets.contains(Target.PREDICTED);
        boolean label = targets.contains(Target.LABEL);
        if (targets.contains(Target.ALL) || !(predicted || label)) {
            return "";
        }

        String those = predicted && label
                ? "predicted as it or labelled as it"
                : predicted ? "predicted as it" : "labelled as it";
        List<String> named =
                targets.stream().filter(Target::isClass).map(Target::text).toList();
        return "The numbers of a class are of the edited images " + those + ", on which alone the plan follows it"
                + (named.isEmpty() ? "" : "; those of " + String.join(", ", named) + " are of all edited images") + ".";
    }

    /** The reference may be gone since. */
    private static String relativeError(SparkSession spark, PlanFile file, String out) {
        try {
            CorruptionReference reference = CorruptionReference.of(spark, file, out);
            return reference == null
                    ? ""
                    : Objects.requireNonNullElse(reference.noAddedError(CorruptionReference.inWords(file.plan())), "");
        } catch (UserError e) {
            return "";
        }
    }
}
