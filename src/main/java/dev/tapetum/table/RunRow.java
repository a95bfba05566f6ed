package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run and its ledger. The row is written when the run starts and replaced when it ends.
 */
@Comment("One row per run: what was asked, on what, with which verdict, and the ledger of its images.")
public record RunRow(
        @Comment("Run that the row describes.") String runId,
        @Comment("When the run started.") Instant startedAt,

        @Comment("When the run ended; null while it is running or after it was killed.") @Nullable
        Instant finishedAt,

        @Comment("How far the run came: running, complete, partial (too many rejects) or failed.")
        RunStatus status,

        @Comment("Verdict of the gate: pass, fail, or none without a gate or a verdict.")
        GateStatus gate,

        @Comment("Why the run failed, in one sentence; null unless it did.") @Nullable
        String message,

        @Comment("Canonical HOCON of the plan, every default spelt out.")
        String plan,

        @Comment("SHA-256 of the canonical plan, in hexadecimal.")
        String planSha256,

        @Comment(
                "SHA-256 of the model file, its preprocessing, classes and taps; null when the run ended before it was read.")
        @Nullable
        String modelSha256,

        @Comment("SHA-256 over the image list, labels and attributes; null when the run ended before it was listed.")
        @Nullable
        String datasetSha256,

        @Comment(
                "SHA-256 of what editors use, by its path: pictures, editors and lists of edited images; null in runs of versions that did not keep it.")
        @Nullable
        Map<String, String> materialSha256,

        @Comment(
                "Run that changes are judged against; null without one, as in the first night, and in runs of versions that did not keep it.")
        @Nullable
        String baseline,

        @Comment("Version of Tapetum that made the run.") String version,
        @Comment("Images in the data set.") long imagesInput,
        @Comment("Images that were scored.") long imagesOk,

        @Comment("Images that were rejected, each with a row in rejects.")
        long imagesRejected,

        @Comment("Forward evaluations that the analyses asked for.")
        long forwardAsked,

        @Comment("Forward evaluations made: shared probes are answered once.")
        long forwardEvaluations,

        @Comment("Gradient evaluations that the analyses asked for.")
        long gradientAsked,

        @Comment("Gradient evaluations made: shared probes are answered once.")
        long gradientEvaluations,

        @Comment("Device that the model ran on; null when the run ended before there was one.") @Nullable
        String device,

        @Comment("Wall-clock seconds of work on the run, resumed parts added up.")
        double seconds) {
    /**
     * @throws IllegalArgumentException when the ledger does not hold: {@code imagesOk + imagesRejected}
     *     exceeds {@code imagesInput}, or differs from it in a run that is complete or partial; or when a run
     *     that has ended lacks the time of its end
     */
    public RunRow {
        requireNonNull(runId, "runId");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(status, "status");
        requireNonNull(gate, "gate");
        requireNonNull(plan, "plan");
        requireNonNull(planSha256, "planSha256");
        requireNonNull(version, "version");
        materialSha256 = materialSha256 == null ? null : Map.copyOf(materialSha256);

        if ((status == RunStatus.RUNNING) != (finishedAt == null)) {
            throw new IllegalArgumentException("Run " + runId + " is " + status + " but finishedAt is " + finishedAt);
        }

        long accounted = imagesOk + imagesRejected;

        if (accounted > imagesInput || (status.isSettled() && accounted != imagesInput)) {
            throw new IllegalArgumentException("The ledger of run " + runId + " does not balance: " + imagesOk
                    + " ok + " + imagesRejected + " rejected of " + imagesInput + " images, " + status);
        }
    }
}
