package dev.tapetum.fairness;

/** Texts of the data set as literals of Spark SQL. */
public final class Sql {
    private Sql() {}

    /**
     * A text as a string literal on one line, whatever is in it. The dollar sign is escaped as well, because Spark replaces
     * {@code ${…}} before it looks for literals.
     */
    public static String text(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c == '$' || Character.isISOControl(c)) {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }

        return literal.append('\'').toString();
    }
}
