package dev.tapetum.table;

/** How far a run came. */
public enum RunStatus {
    /** The run was started and has not ended, or was killed. */
    RUNNING,
    /** Every image was scored or rejected, and the rejects stayed within the budget. */
    COMPLETE,
    /** Every image was scored or rejected, but more were rejected than the plan allows. */
    PARTIAL,
    /** The run ended by an error. */
    FAILED;

    /** Whether every image was scored or rejected, so that the run's tables are complete. */
    public boolean isSettled() {
        return this == COMPLETE || this == PARTIAL;
    }
}
