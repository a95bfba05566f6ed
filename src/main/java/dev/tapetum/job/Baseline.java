package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.RunSettings;
import dev.tapetum.fairness.Change;
import dev.tapetum.report.Comparison;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The accepted run that a plan wants its own compared with ({@code run.baseline}).
 *
 * @param run none when the plan wants none, or wants the last accepted one and there is none yet, as in the first night
 */
record Baseline(SparkSession spark, String out, @Nullable RunRow run) {
    /**
     * Looks for the baseline before anything is computed.
     *
     * @param startedAt when the run that is compared has started
     * @throws UserError when the plan names a run that is missing or not accepted
     */
    static Baseline of(SparkSession spark, PlanFile file, Instant startedAt) {
        RunSettings settings = file.plan().run();
        String named = settings.baseline();
        Acceptance acceptance = new Acceptance(spark, settings.output());
        if (named == null) {
            return new Baseline(spark, settings.output(), null);
        }

        try {
            RunRow run = named.equals(RunSettings.ACCEPTED)
                    ? acceptance.acceptedBefore(startedAt)
                    : acceptance.accepted(named);
            return new Baseline(spark, settings.output(), run);
        } catch (UserError e) {
            throw file.error("run.baseline", String.valueOf(e.getMessage()));
        }
    }

    /** The name of the run; null without one. */
    @Nullable
    String runId() {
        return run == null ? null : run.runId();
    }

    /**
     * How a run differs from it, with the page that tells it written; null without a baseline.
     *
     * @param candidate a run whose tables are complete
     */
    @Nullable
    List<Change> changes(RunRow candidate, RunListener listener) {
        if (run == null) {
            return null;
        }

        listener.step("Comparing with run " + run.runId());
        try {
            Comparison comparison = CompareStage.beside(spark, out, run, candidate);
            comparison.remarks().forEach(listener::warn);
            CompareStage.report(spark, out, comparison);
            return comparison.statistics();
        } catch (UserError e) {
            // Such as no image in common: the night's work is worth keeping, and rules about changes then fail.
            listener.warn(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** What the table {@code changes} says of a run; null when its plan wants no baseline, or there was none. */
    static @Nullable List<Change> stored(SparkSession spark, RunRow run, RunSettings settings) {
        if (settings.baseline() == null) {
            return null;
        }

        List<Change> changes = Table.CHANGES
                .read(spark, settings.output())
                .filter(functions.col("run_id").equalTo(run.runId()))
                .collectAsList()
                .stream()
                .map(StatisticTables::change)
                .toList();
        return changes.isEmpty() ? null : changes;
    }
}
