package dev.tapetum.image;

/** Why an image is not part of an audit; the value of the {@code reason} column of the rejects table. */
public enum RejectReason {
    /** The file has no bytes. */
    EMPTY,
    /** The file has more bytes than the limit allows; nothing of it was decoded. */
    TOO_MANY_BYTES,
    /** The image has, or would have on its way to the model, more pixels than the limit allows; nothing was allocated. */
    TOO_MANY_PIXELS,
    /** The content is not one of the formats that are read: JPEG, PNG, BMP, GIF, WebP. */
    UNSUPPORTED_FORMAT,
    /** The file ends before its image does. */
    TRUNCATED,
    /** The file is of a known format but its content breaks the rules of that format. */
    CORRUPT,
    /** The image decodes but does not have the size that the model asks for, and the preprocessing may not change it. */
    WRONG_SIZE,
    /** The file exists but its bytes cannot be read. */
    UNREADABLE,
    /** The dataset names the file but it does not exist. */
    MISSING,
    /** What the dataset says of the image is malformed: a row of the manifest, a sample or the end of a tar shard. */
    BAD_ENTRY,
    /** An earlier image of the dataset has the same id. */
    DUPLICATE_ID,
    /** The mask that belongs to the image cannot be read or does not have the image's size. */
    BAD_MASK,
    /** Not even alone does the image fit into the memory of the process that decodes it, or of the device that scores it. */
    OUT_OF_MEMORY,
    /** The model answers with a number that is infinite or not a number. */
    NOT_FINITE,
    /** The model or an analysis fails on this image for a reason that none of the others names. */
    FAILED
}
