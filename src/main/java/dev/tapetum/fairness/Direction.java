package dev.tapetum.fairness;

/** Which way a metric is better, so that a finding can say which group is worse off. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER,
    /** Neither: a difference is worth knowing, but no group is wronged by its sign. */
    NEITHER;

    /** Whether a group that differs from the others by this much is worse off; without a direction, always. */
    boolean worse(double difference) {
        return switch (this) {
            case HIGHER_IS_BETTER -> difference < 0;
            case LOWER_IS_BETTER -> difference > 0;
            case NEITHER -> true;
        };
    }
}
