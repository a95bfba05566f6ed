package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.RunSettings;
import dev.tapetum.fairness.Change;
import dev.tapetum.report.ChangeWording;
import dev.tapetum.report.Comparison;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.util.ArrayList;
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
     * @param candidate the run that is compared; null for one without a name yet
     * @param startedAt when it has started
     * @throws UserError when the plan names a run that is missing or not accepted, or the candidate itself
     */
    static Baseline of(SparkSession spark, PlanFile file, @Nullable String candidate, Instant startedAt) {
        RunSettings settings = file.plan().run();
        String named = settings.baseline();
        Acceptance acceptance = new Acceptance(spark, settings.output());
        if (named == null) {
            return new Baseline(spark, settings.output(), null);
        }

        if (named.equals(candidate)) {
            throw file.error(
                    "run.baseline",
                    "run " + named
                            + " would be compared with itself; name another baseline, or give the run another id");
        }

        try {
            RunRow run = named.equals(RunSettings.ACCEPTED)
                    ? acceptance.acceptedBefore(startedAt, candidate)
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
     * How a run differs from its baseline.
     *
     * @param changes null without a baseline; none where the two could not be compared, which rules about changes fail by
     * @param remarks what a reader of the changes must know: that only some images are in both, for example
     */
    record Compared(@Nullable List<Change> changes, List<String> remarks) {}

    /**
     * Compares a run with it, and writes the page that tells the changes.
     *
     * @param candidate a run whose tables are complete
     * @param listener hears the remarks as well
     */
    Compared compared(RunRow candidate, RunListener listener) {
        if (run == null) {
            return new Compared(null, List.of());
        }

        listener.step("Comparing with run " + run.runId());
        Compared compared = compared(run, candidate);
        compared.remarks.forEach(listener::warn);
        return compared;
    }

    private Compared compared(RunRow baseline, RunRow candidate) {
        try {
            Comparison comparison = CompareStage.beside(spark, out, baseline, candidate);
            CompareStage.report(spark, out, comparison);
            List<String> remarks = new ArrayList<>(ChangeWording.reservations(comparison));
            remarks.addAll(comparison.remarks());
            return new Compared(comparison.statistics(), List.copyOf(remarks));
        } catch (UserError e) {
            // Such as no image in common: the night's work is worth keeping, and rules about changes then fail.
            return new Compared(List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /**
     * What the table {@code changes} says of a run and the baseline that it was judged against, whatever it has been compared with since;
     * null when there was none.
     */
    static @Nullable List<Change> stored(SparkSession spark, String out, RunRow run) {
        String baseline = run.baseline();
        return baseline == null
                ? null
                : Table.CHANGES
                        .read(spark, out)
                        .filter(functions.col("run_id").equalTo(run.runId()))
                        .filter(functions.col("baseline").equalTo(baseline))
                        .collectAsList()
                        .stream()
                        .map(StatisticTables::change)
                        .toList();
    }
}
