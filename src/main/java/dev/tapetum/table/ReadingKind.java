package dev.tapetum.table;

/** What is looked for in drawings. */
public enum ReadingKind {
    /** The direction in which images with a value of an attribute differ from those without. */
    ATTRIBUTE,
    /** A feature of a sparse autoencoder. */
    FEATURE
}
