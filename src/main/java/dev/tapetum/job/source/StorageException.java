package dev.tapetum.job.source;

/**
 * The storage does not give its bytes although nothing is wrong with the file. It ends the task, which Spark runs again
 * somewhere else, and at last the run, which can be resumed: an outage must never look like thousands of bad images.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
