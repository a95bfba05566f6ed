package dev.tapetum.cli;

import dev.tapetum.UserError;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an exception: the user's own mistake in one line, or an error of ours in one line.
 *
 * <p>A {@link UserError} that a Spark task threw arrives on the driver as the cause of a job's failure, or, when the
 * exception itself did not survive the journey, only in the text of another exception.
 */
record Failure(ExitCode exit, String message) {
    private static final Pattern IN_TEXT = Pattern.compile(Pattern.quote(UserError.class.getName()) + ": ([^\\r\\n]+)");
    private static final int LONGEST_MESSAGE = 500;
    private static final int DEEPEST_CAUSE = 100;

    static Failure of(Throwable thrown) {
        UserError user = userError(thrown);
        return user != null
                ? new Failure(ExitCode.USER_ERROR, line(user.getMessage()))
                : new Failure(ExitCode.INTERNAL_ERROR, sentence(thrown));
    }

    /** The user's mistake that is behind an exception, or null when there is none. */
    static @Nullable UserError userError(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        for (Throwable cause : causes) {
            if (cause instanceof UserError user) {
                return user;
            }
        }

        for (Throwable cause : causes) {
            Matcher text = IN_TEXT.matcher(String.valueOf(cause.getMessage()));
            if (text.find()) {
                return new UserError(text.group(1), thrown);
            }
        }

        return null;
    }

    /** From the outermost to the innermost; exceptions may cause each other, so there is an end to it. */
    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .toList();
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
