package dev.tapetum.cli;

import java.util.regex.Pattern;

/** Commands that can be copied into a POSIX shell. */
final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private Shell() {}

    /** The text as one word of the shell. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }

        // Within double quotes, single quotes of SQL stay readable.
        return "\"" + text.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
    }
}
