package dev.tapetum.cli;

import java.util.List;
import java.util.StringJoiner;

/** Lines of text in which entries with a short name stand in two columns. */
final class TextBlock {
    private static final int NAME_WIDTH = 14;

    private final StringJoiner lines = new StringJoiner(System.lineSeparator());

    TextBlock line(String text) {
        lines.add(text);
        return this;
    }

    TextBlock entry(String name, String value) {
        return line(("  " + name + " ".repeat(NAME_WIDTH)).substring(0, NAME_WIDTH) + value);
    }

    /** An entry with a line for each value, or the value "none". */
    TextBlock entries(String name, List<String> values) {
        entry(name, values.isEmpty() ? "none" : values.get(0));
        values.stream().skip(1).forEach(value -> entry("", value));
        return this;
    }

    String text() {
        return lines.toString();
    }
}
