package dev.tapetum.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command talks: results go to {@code out}, everything else to {@code err}, so that a pipe gets results only.
 *
 * @param environment the variables of the process; the launcher says in them what Java cannot find out
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
    private static final String NAME = "TAPETUM_COMMAND";
    private static final String COLUMNS = "TAPETUM_TERMINAL";
    private static final String STACKTRACE = "TAPETUM_STACKTRACE";

    Terminal {
        environment = Map.copyOf(environment);
    }

    /** How the user called the program. */
    String name() {
        return environment.getOrDefault(NAME, "tapetum");
    }

    /** The width of the terminal on which {@code err} appears, or 0 when it is a file, a pipe or unknown. */
    int columns() {
        String columns = environment.getOrDefault(COLUMNS, "0");
        return columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : 0;
    }

    /** Whether the environment asks for stack traces. */
    boolean wantsStackTraces() {
        return environment.getOrDefault(STACKTRACE, "").equals("1");
    }
}
