package dev.tapetum.cli;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into SQL statements at semicolons, except those inside quotes and comments. */
final class Statements {
    private static final String COMMENT = "--";
    private static final String BLOCK_START = "/*";
    private static final String BLOCK_END = "*/";

    private Statements() {}

    /** The statements of a whole text, without their semicolons; what is blank is none. */
    static List<String> all(String text) {
        List<String> statements = new ArrayList<>();
        String rest = text;
        for (int end = end(rest); end >= 0; end = end(rest)) {
            statements.add(rest.substring(0, end).strip());
            rest = rest.substring(end + 1);
        }

        statements.add(rest.strip());
        statements.removeIf(String::isBlank);
        return List.copyOf(statements);
    }

    /** Where the semicolon of the first statement is, or −1 when the statement goes on. */
    static int end(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ';') {
                return i;
            } else if (c == '\'' || c == '"' || c == '`') {
                i = afterQuote(text, i);
            } else if (text.startsWith(COMMENT, i)) {
                i = after(text, "\n", i);
            } else if (text.startsWith(BLOCK_START, i)) {
                i = after(text, BLOCK_END, i + BLOCK_START.length());
            } else {
                i++;
            }
        }

        return -1;
    }

    /** A doubled quote reads as the end of one string and the start of the next, which comes to the same. */
    private static int afterQuote(String text, int start) {
        char quote = text.charAt(start);
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            // In names between backticks a backslash is a character like any other.
            i += text.charAt(i) == '\\' && quote != '`' ? 2 : 1;
        }

        return i + 1;
    }

    private static int after(String text, String mark, int start) {
        int found = text.indexOf(mark, start);
        return found < 0 ? text.length() : found + mark.length();
    }
}
