package dev.tapetum.job;

/** What something of a class is to the judgement of the class, in the order in which it is needed. */
enum Side {
    /** An image of the class whose activation goes into the mean. */
    MEAN,
    /** Another image of the class, which is held against the mean. */
    HELD_OUT,
    /** An image of another class, which is held against the mean too. */
    OTHER,
    /** What was drawn of the class. */
    DRAWN
}
