package dev.tapetum;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in what the user gave us: a plan, a dataset, a bundle or an option. The message is one sentence that
 * says what to do, starting with the file and line where there is one. The command line prints it without a stack
 * trace and exits with code 2; every other exception is our own bug and exits with code 3.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern IN_TEXT = Pattern.compile(Pattern.quote(UserError.class.getName()) + ": ([^\\r\\n]+)");
    private static final int DEEPEST_CAUSE = 100;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The user's mistake behind a failure, or null when there is none. One that a Spark task has thrown arrives on the
     * driver among the causes of a job's failure or, when the exception did not survive the journey, in the text of one.
     */
    public static @Nullable UserError behind(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                // Exceptions may cause each other, so there is an end to it.
                .limit(DEEPEST_CAUSE)
                .toList();
        for (Throwable cause : causes) {
            if (cause instanceof UserError user) {
                return user;
            }
        }

        for (Throwable cause : causes) {
            Matcher text = IN_TEXT.matcher(String.valueOf(cause.getMessage()));
            if (text.find()) {
                return new UserError(text.group(1), failure);
            }
        }

        return null;
    }
}
