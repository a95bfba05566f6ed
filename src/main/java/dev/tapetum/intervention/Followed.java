package dev.tapetum.intervention;

/** What of a class is followed along an intervention. */
public enum Followed {
    /** The softmax probability. */
    PROBABILITY,
    /** The logit. */
    LOGIT
}
