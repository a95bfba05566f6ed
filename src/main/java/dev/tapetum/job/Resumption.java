package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Which run may be gone on with: one that has not ended well, under the very plan that it was started with. */
final class Resumption {

    private Resumption() {}

    /** The last run in the plan's output that has not ended well. */
    static String lastUnfinished(SparkSession spark, PlanFile file) {
        String output = file.plan().run().output();
        return unfinished(spark, output).stream()
                .max(Comparator.comparing(RunRow::startedAt))
                .map(RunRow::runId)
                .orElseThrow(() -> file.error(
                        "run.output",
                        "there is no unfinished run in " + output + " to resume; start without --resume"));
    }

    /**
     * The row of the run that is gone on with.
     *
     * @param modelSha256 of the model that would go on with it
     * @param materials digests of what editors use, by path, as they would go on with it
     */
    static RunRow check(
            SparkSession spark, PlanFile file, String runId, String modelSha256, Map<String, String> materials) {
        Plan plan = file.plan();
        String output = plan.run().output();
        RunRow earlier = unfinished(spark, output).stream()
                .filter(run -> run.runId().equals(runId))
                .findFirst()
                .orElseThrow(() ->
                        file.error("run.id", "there is no unfinished run '" + runId + "' in " + output + " to resume"));
        if (!earlier.planSha256().equals(plan.sha256())) {
            throw new UserError("Run '" + runId + "' was started with another plan, so its rows would not go together;"
                    + " resume it with the plan in the column `plan` of " + output + "/tables/runs, or start it anew"
                    + " without --resume");
        }

        if (earlier.modelSha256() != null && !modelSha256.equals(earlier.modelSha256())) {
            throw file.error(
                    "model.path",
                    "run '" + runId + "' was started with the model " + earlier.modelSha256() + ", and now there is "
                            + modelSha256 + "; put the old bundle back, or start anew without --resume");
        }

        checkMaterials(file, earlier, materials);
        return earlier;
    }

    /** A run that was made without any record of them is believed, as one without a model's digest is. */
    private static void checkMaterials(PlanFile file, RunRow earlier, Map<String, String> materials) {
        Map<String, String> before = earlier.materialSha256();
        if (before == null) {
            return;
        }

        List<String> changed = materials.keySet().stream()
                .filter(path -> !Objects.equals(before.get(path), materials.get(path)))
                .sorted()
                .toList();
        if (!changed.isEmpty()) {
            boolean ofAutoencoder =
                    changed.equals(Collections.singletonList(file.plan().sae().path()));
            throw file.error(
                    ofAutoencoder ? "sae.path" : "interventions",
                    "run '" + earlier.runId() + "' was started with another " + String.join(" and another ", changed)
                            + ", so its rows would not go together; put back what was there, or start anew without --resume");
        }
    }

    private static List<RunRow> unfinished(SparkSession spark, String output) {
        return Table.RUNS
                .read(spark, output)
                .filter(functions.col("status").isin(text(RunStatus.RUNNING), text(RunStatus.FAILED)))
                .collectAsList();
    }

    private static String text(RunStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
