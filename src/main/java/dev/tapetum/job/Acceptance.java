package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.table.AcceptedRow;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Which runs may serve as baselines. Someone accepts a run; only a complete one whose gate did not fail can be, unless by force. A
 * run that is made again is no longer accepted, since the tables that were are gone.
 *
 * @param out the output directory
 */
public record Acceptance(SparkSession spark, String out) {

    /**
     * Accepts a run; again is fine, and makes it the one that was accepted last.
     *
     * @param runId the run, or null for the last one that has ended
     * @param force whether a partial run, or one whose gate failed, is accepted as well
     * @throws UserError when there is no such run, or it cannot be accepted
     */
    public AcceptedRow accept(@Nullable String runId, boolean force) {
        RunRow run = Runs.of(spark, out).ended(runId, "be accepted, even by force");
        String objection = objection(run);
        if (objection != null && !force) {
            throw new UserError("Run " + run.runId() + " is not accepted: " + objection
                    + "; --force accepts it all the same, and later runs are then compared with it");
        }

        AcceptedRow accepted = new AcceptedRow(
                run.runId(), Instant.now().truncatedTo(ChronoUnit.MICROS), objection != null, run.gate());
        Table.ACCEPTED.write(spark, List.of(accepted), out, run.runId());
        return accepted;
    }

    private static @Nullable String objection(RunRow run) {
        if (run.status() != RunStatus.COMPLETE) {
            return "it is partial, with " + run.imagesRejected() + " of " + run.imagesInput() + " images rejected";
        }

        return run.gate() == GateStatus.FAIL ? "its gate failed" : null;
    }

    /**
     * The run that is compared.
     *
     * @param runId the run, or null for the last one that has ended
     */
    RunRow candidate(@Nullable String runId) {
        return Runs.of(spark, out).ended(runId, "be compared");
    }

    /**
     * The run to compare with.
     *
     * @param runId an accepted run, or null for the one that was accepted last among those that started before the candidate
     */
    RunRow baseline(@Nullable String runId, RunRow candidate) {
        if (candidate.runId().equals(runId)) {
            throw new UserError("Run " + runId + " would be compared with itself; name another baseline");
        }

        if (runId != null) {
            return accepted(runId);
        }

        RunRow baseline = acceptedBefore(candidate.startedAt(), candidate.runId());
        if (baseline == null) {
            throw new UserError("There is no accepted run before " + candidate.runId() + " to compare it with; "
                    + howTo(earlier(candidate)));
        }

        return baseline;
    }

    /** The run of this name, which must have been accepted. */
    RunRow accepted(String runId) {
        RunRow run = Runs.of(spark, out).named(runId);
        if (acceptances().stream().noneMatch(row -> row.runId().equals(runId))) {
            throw new UserError(
                    "Run " + runId + " has not been accepted, and only accepted runs are baselines; " + howTo(runId));
        }

        return run;
    }

    /**
     * The run that was accepted last among those that started before some time; null where there is none.
     *
     * @param candidate the run that is compared, whose own acceptance ends when it is made again; null for one without a name yet
     */
    @Nullable
    RunRow acceptedBefore(Instant time, @Nullable String candidate) {
        Map<String, RunRow> earlier = Runs.of(spark, out).all().stream()
                .filter(run -> run.startedAt().isBefore(time) && !run.runId().equals(candidate))
                .collect(Collectors.toMap(RunRow::runId, run -> run));
        return acceptances().stream()
                .filter(row -> earlier.containsKey(row.runId()))
                .max(Comparator.comparing(AcceptedRow::acceptedAt))
                .map(row -> earlier.get(row.runId()))
                .orElse(null);
    }

    private List<AcceptedRow> acceptances() {
        return Table.ACCEPTED.read(spark, out).collectAsList();
    }

    private String howTo(String runId) {
        return "'tapetum accept " + out + " --run " + runId + "' accepts " + (runId.equals("ID") ? "one" : "it");
    }

    private String earlier(RunRow candidate) {
        return Runs.of(spark, out).ended().stream()
                .filter(run -> run.startedAt().isBefore(candidate.startedAt()))
                .findFirst()
                .map(RunRow::runId)
                .orElse("ID");
    }
}
