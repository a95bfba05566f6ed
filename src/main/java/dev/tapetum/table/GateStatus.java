package dev.tapetum.table;

/** The verdict of a run's gate. */
public enum GateStatus {
    PASS,
    FAIL,
    /** The plan has no gate, or the run did not come to its verdict. */
    NONE
}
