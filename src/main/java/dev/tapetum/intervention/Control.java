package dev.tapetum.intervention;

/** What a change of a feature is held against: a model may answer to anything that is large enough. */
public enum Control {
    /** The feature itself. */
    NONE,
    /** Another feature, active in about as many images, at the same multiples of its own observed maximum. */
    RANDOM_FEATURE,
    /** The feature's own change at every position, but along a random direction of the same length. */
    RANDOM_DIRECTION
}
