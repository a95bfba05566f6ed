package dev.tapetum.fairness;

/** What a gate found, from the best to the worst. */
public enum GateStatus {
    /** No gap above the limit, and one of that size would have been seen. */
    PASS,
    /** Not enough data to say: a group below {@code min-group}, an interval too wide, or maps that are no evidence. */
    NONE,
    /** A gap above the limit that chance does not explain. */
    FAIL;

    GateStatus worse(GateStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
