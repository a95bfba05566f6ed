package dev.tapetum.job.source;

/** Spark ends the task while one of its threads waits; that says nothing of an image, and nothing of the storage. */
public final class TaskEndedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private TaskEndedException(String message, Exception cause) {
        super(message, cause);
    }

    /**
     * Keeps the thread interrupted.
     *
     * @param meanwhile what the thread was about, as the end of a sentence
     */
    public static TaskEndedException whenInterrupted(String meanwhile, Exception cause) {
        Thread.currentThread().interrupt();
        return new TaskEndedException("The task ended while " + meanwhile, cause);
    }
}
