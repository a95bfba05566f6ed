package dev.tapetum.job.source;

/** A file is not there, or something is wrong with it that no further attempt would mend; the cause says what. */
final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean missing;
    private final Exception failure;

    UnusableFileException(boolean missing, Exception failure) {
        super(failure);
        this.missing = missing;
        this.failure = failure;
    }

    /** Whether the file is not there. */
    boolean isMissing() {
        return missing;
    }

    /** What the file system said. */
    Exception failure() {
        return failure;
    }
}
