package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command talks: results go to {@code out}, everything else to {@code err}, so that a pipe gets results only.
 *
 * @param environment the variables of the process; the launcher says in them what Java cannot find out
 */
record Terminal(BufferedReader in, PrintStream out, PrintStream err, Map<String, String> environment) {
    private static final String NAME = "TAPETUM_COMMAND";
    private static final String COLUMNS = "TAPETUM_TERMINAL";
    private static final String INTERACTIVE = "TAPETUM_INTERACTIVE";
    private static final String STACKTRACE = "TAPETUM_STACKTRACE";

    Terminal {
        environment = Map.copyOf(environment);
    }

    /** That of this process. Terminals show UTF-8 nowadays, also in the locale C of containers and schedulers. */
    static Terminal ofProcess() {
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, UTF_8)),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                System.getenv());
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

    /** Whether a person types what comes from {@code in} and sees {@code out}. */
    boolean interactive() {
        return isSet(INTERACTIVE);
    }

    /** Whether the environment asks for stack traces. */
    boolean wantsStackTraces() {
        return isSet(STACKTRACE);
    }

    private boolean isSet(String variable) {
        return environment.getOrDefault(variable, "").equals("1");
    }
}
