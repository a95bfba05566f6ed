package dev.tapetum.table;

/** Where on its way an image was rejected. */
public enum RejectStage {
    LIST,
    READ,
    DECODE,
    SCORE
}
