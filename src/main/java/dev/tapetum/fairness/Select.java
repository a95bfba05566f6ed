package dev.tapetum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement of Spark SQL on the tables of a run, with every text from the data as a literal.
 *
 * @param columns what is selected
 * @param table the table
 * @param conditions all of which hold
 * @param order the columns of the order, or what else stands at the end; empty for none
 */
public record Select(String columns, String table, List<String> conditions, String order) {
    /** The column of a group's value, whose name is a word of SQL. */
    public static final String GROUP = "`group`";

    public Select {
        conditions = List.copyOf(conditions);
    }

    /** All rows of a table. */
    public static Select from(String table) {
        return new Select("*", table, List.of(), "");
    }

    /** Those rows that have this value. */
    public Select is(String column, String value) {
        return where(column + " = " + literal(value));
    }

    /** Those rows that do not have this value. */
    public Select isNot(String column, String value) {
        return where(column + " <> " + literal(value));
    }

    /** Those rows that have one of these values. */
    public Select in(String column, Collection<String> values) {
        return values.size() == 1
                ? is(column, values.iterator().next())
                : where(column + " IN (" + values.stream().map(Select::literal).collect(Collectors.joining(", "))
                        + ")");
    }

    /** Those rows for which a condition holds that has no text from the data. */
    public Select where(String condition) {
        List<String> all = new ArrayList<>(conditions);
        all.add(condition);
        return new Select(columns, table, all, order);
    }

    /** The same rows in the order of these columns. */
    public Select by(String orderedBy) {
        return new Select(columns, table, conditions, orderedBy);
    }

    /** The statement. */
    public String text() {
        return "SELECT " + columns + " FROM " + table
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + (order.isEmpty() ? "" : " ORDER BY " + order);
    }

    /**
     * A text as a string literal on one line, whatever is in it, in which nothing is invisible. The dollar sign is escaped as well,
     * because Spark replaces {@code ${…}} before it looks for literals.
     */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c == '$' || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }

        return literal.append('\'').toString();
    }
}
