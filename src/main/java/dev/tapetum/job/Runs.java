package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an output directory.
 *
 * @param all the one that started last first
 */
public record Runs(String out, List<RunRow> all) {

    public Runs {
        all = List.copyOf(all);
    }

    /** Reads them; there may be none. */
    public static Runs of(SparkSession spark, String out) {
        return new Runs(
                out,
                Table.RUNS.read(spark, out).collectAsList().stream()
                        .sorted(Comparator.comparing(RunRow::startedAt)
                                .thenComparing(RunRow::runId)
                                .reversed())
                        .toList());
    }

    /**
     * The run of a name, in whatever state.
     *
     * @throws UserError when there is none
     */
    public RunRow named(String runId) {
        requireSome();
        return found(runId)
                .orElseThrow(() ->
                        new UserError("There is no run '" + runId + "' in " + out + "; its runs are " + names(all)));
    }

    /** Those whose tables are complete. */
    List<RunRow> ended() {
        return all.stream().filter(run -> run.status().isSettled()).toList();
    }

    /**
     * A run that has ended.
     *
     * @param runId its name, or null for the last one
     * @param purpose what cannot be done with one that has not, such as "be compared"
     * @throws UserError when there is none
     */
    RunRow ended(@Nullable String runId, String purpose) {
        requireSome();
        List<RunRow> ended = ended();
        if (runId == null) {
            return ended.stream()
                    .findFirst()
                    .orElseThrow(() -> new UserError("No run in " + out + " has ended well, of " + names(all)
                            + "; 'audit PLAN --resume' goes on with the last"));
        }

        RunRow run = found(runId)
                .orElseThrow(() -> new UserError("There is no run '" + runId + "' in " + out + "; "
                        + (ended.isEmpty() ? "none has ended well" : "those that have ended are " + names(ended))));
        if (!run.status().isSettled()) {
            throw new UserError("Run " + runId + " cannot " + purpose + ": it is "
                    + run.status().name().toLowerCase(Locale.ROOT) + ", so that its tables are not complete");
        }

        return run;
    }

    /** The complaint that there is no run at all. */
    public UserError none() {
        return new UserError("There are no runs in " + out + "; 'audit' writes one into the run.output of its plan");
    }

    private void requireSome() {
        if (all.isEmpty()) {
            throw none();
        }
    }

    private Optional<RunRow> found(String runId) {
        return all.stream().filter(run -> run.runId().equals(runId)).findFirst();
    }

    private static String names(List<RunRow> runs) {
        return runs.stream().map(RunRow::runId).collect(Collectors.joining(", "));
    }
}
