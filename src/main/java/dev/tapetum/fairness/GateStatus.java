package dev.tapetum.fairness;

/** What a gate found, from the best to the worst. */
public enum GateStatus {
    /** No gap above the limit, and one of that size would have been seen. */
    PASS("pass"),
    /** Not enough data to say: a group below {@code min-group}, or an interval too wide. */
    NONE("none"),
    /** A gap above the limit that chance does not explain. */
    FAIL("fail");

    private final String text;

    GateStatus(String text) {
        this.text = text;
    }

    /** The text of the {@code gate} column of {@code runs}. */
    public String text() {
        return text;
    }

    GateStatus worse(GateStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
