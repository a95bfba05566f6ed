package dev.tapetum.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Keeps the stack trace of an internal error where a bug report can take it from, and off the terminal. */
final class ErrorLog {
    private ErrorLog() {}

    /** Writes the file and returns the sentence that says where it is. */
    static String write(Throwable thrown, String... arguments) {
        try {
            Path file = Files.createTempFile("tapetum-error-", ".log");
            try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(file))) {
                log.println(Instant.now());
                log.println(String.join(", ", new Version().getVersion()));
                log.println("Arguments: " + List.of(arguments));
                log.println();
                thrown.printStackTrace(log);
            }

            return "The stack trace is in " + file + "; --stacktrace shows it here.";
        } catch (IOException e) {
            return "--stacktrace shows where it comes from.";
        }
    }
}
