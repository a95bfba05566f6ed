package dev.tapetum.table;

/** What an image whose edits are shown stands for. */
public enum StripCase {
    /** The image whose class answers most to the property. */
    STRONGEST,
    /** An image in the middle of all by how much its class answers. */
    TYPICAL,
    /** An image whose class does not answer to the order of the steps. */
    INSIGNIFICANT
}
