package dev.tapetum.job.source;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where bytes lie: a whole file, or a part of one such as a member of a tar.
 *
 * @param path the file as Hadoop spells it, with scheme; nothing in it is percent-encoded
 * @param offset the first byte; 0 for a whole file and never for a part (a tar starts with a header)
 * @param length the number of bytes; {@link #UNKNOWN} for a whole file whose size was not asked for
 */
public record FileRange(String path, long offset, long length) implements Serializable {
    /** The length of a whole file whose size was not asked for. */
    public static final long UNKNOWN = -1;

    public FileRange {
        requireNonNull(path, "path");

        if (offset < 0 || length < UNKNOWN || (offset > 0 && length == UNKNOWN)) {
            throw new IllegalArgumentException("No range of " + path + ": offset " + offset + ", length " + length);
        }
    }

    /** A file whose size is not known yet. */
    static FileRange whole(String path) {
        return new FileRange(path, 0, UNKNOWN);
    }

    boolean isPart() {
        return offset > 0;
    }
}
