package dev.tapetum.table;

/** What groups the images that a feature is held against. */
public enum AssociationKind {
    /** Images of one label against those of all others; images without a label are left out. */
    LABEL,
    /** Images with one value of an attribute against all others. */
    ATTRIBUTE,
    /** Images that the model gets wrong against those that it gets right; others are left out. */
    ERROR
}
