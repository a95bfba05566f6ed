package dev.tapetum.fairness;

/** Whom a group is compared with when the plan names no group for its attribute. */
public enum Reference {
    /** All images that are not in the group. */
    OTHERS,
    /**
     * The group with the best estimate among those with {@code min-group} units, for metrics that have a better side; the
     * others for metrics that have none.
     */
    BEST
}
