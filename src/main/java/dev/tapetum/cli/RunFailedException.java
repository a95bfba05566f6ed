package dev.tapetum.cli;

/** Says which run it was that an exception ended. */
final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    RunFailedException(String runId, Throwable cause) {
        super("run " + runId + " failed: " + Failure.of(cause).message(), cause);
    }
}
