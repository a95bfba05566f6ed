package dev.tapetum.job.source;

import dev.tapetum.UserError;
import org.apache.spark.SparkThrowable;

/** What a failure says to a person. */
final class Causes {
    private static final int MOST = 300;

    private Causes() {}

    /** The first line of the failure's message, shortened, and its kind where the message alone says nothing. */
    static String sentence(Throwable failure) {
        String message = failure.getMessage();

        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }

        String line = message.strip().lines().findFirst().orElse("");
        String kind = failure.getClass().getSimpleName().replace("Exception", "");
        String cut = line.length() > MOST ? line.substring(0, MOST) + "…" : line;
        return cut + " (" + kind + ")";
    }

    /** The innermost cause of a failure, which Spark wraps in several layers. */
    static Throwable root(Throwable failure) {
        Throwable root = failure;

        while (root.getCause() != null) {
            root = root.getCause();
        }

        return root;
    }

    /**
     * The failure of a Spark job as the caller should see it: the user's mistake that a task found, or else the failure
     * itself.
     */
    static RuntimeException ofJob(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError found) {
                return new UserError(found.getMessage() == null ? "" : found.getMessage(), failure);
            }

            if (cause instanceof SparkThrowable of && isUnreadableFile(of)) {
                String why = cause.getCause() == null ? "" : ": " + sentence(root(cause));
                return new UserError(sentence(cause).replace(" (Spark)", "") + why, failure);
            }
        }

        return failure instanceof RuntimeException ours ? ours : new IllegalStateException(failure);
    }

    private static boolean isUnreadableFile(SparkThrowable failure) {
        String condition = failure.getCondition();
        return condition != null && condition.startsWith("FAILED_READ_FILE");
    }
}
