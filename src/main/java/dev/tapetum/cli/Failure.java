package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.job.ExitCode;
import org.jspecify.annotations.Nullable;

/** What is told of an exception in one line: the user's own mistake, or an error of ours. */
record Failure(ExitCode exit, String message) {
    private static final int LONGEST_MESSAGE = 500;

    static Failure of(Throwable thrown) {
        UserError user = UserError.behind(thrown);
        return user != null
                ? new Failure(ExitCode.USER_ERROR, line(user.getMessage()))
                : new Failure(ExitCode.INTERNAL_ERROR, sentence(thrown));
    }

    private static String sentence(Throwable thrown) {
        if (thrown instanceof RunFailedException run) {
            return line(run.getMessage());
        }

        String name = thrown.getClass().getSimpleName();
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? name : name + ": " + line(message);
    }

    /** The first line; Spark appends plans and stack traces in further ones. */
    static String line(@Nullable String message) {
        String first = String.valueOf(message).strip().lines().findFirst().orElse("");
        return first.length() > LONGEST_MESSAGE ? first.substring(0, LONGEST_MESSAGE) + "…" : first;
    }
}
