package dev.tapetum;

/**
 * A mistake in what the user gave us: a plan, a dataset, a bundle or an option. The message is one sentence that
 * says what to do, starting with the file and line where there is one. The command line prints it without a stack
 * trace and exits with code 2; every other exception is our own bug and exits with code 3.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
