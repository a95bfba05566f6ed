package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** That a run may serve as a baseline. */
@Comment("One row per run that was accepted: later runs are compared with the one that was accepted last.")
public record AcceptedRow(
        @Comment("Run that was accepted.") String runId,
        @Comment("When it was accepted last.") Instant acceptedAt,

        @Comment("Whether it was accepted although it is partial or its gate failed.")
        boolean forced,

        @Comment("Verdict of its gate when it was accepted.")
        GateStatus gate) {
    public AcceptedRow {
        requireNonNull(runId, "runId");
        requireNonNull(acceptedAt, "acceptedAt");
        requireNonNull(gate, "gate");
    }
}
