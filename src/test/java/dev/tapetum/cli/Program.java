package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.Map;

/** The program as a shell sees it: arguments and input in, text and exit code out. */
record Program(int exit, String out, String err) {

    static Program run(String... arguments) {
        return run("", Map.of(), arguments);
    }

    static Program run(String input, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment);
        int exit = Tapetum.run(terminal, arguments);
        return new Program(exit, text(out), text(err));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
