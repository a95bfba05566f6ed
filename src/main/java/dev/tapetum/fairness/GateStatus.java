package dev.tapetum.fairness;

import java.util.Locale;

/** What a rule found, from the best to the worst. */
public enum GateStatus {
    /** The whole interval keeps the limit. */
    PASS,
    /** Not enough data to say: a group below {@code min-group}, an interval across the limit, or maps that are no evidence. */
    UNDECIDED,
    /** The whole interval lies beyond the limit, or what the rule speaks of does not exist. */
    FAIL;

    /** The status in words. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
