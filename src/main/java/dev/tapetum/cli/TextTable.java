package dev.tapetum.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, numbers to the right. A value takes one line and at most {@value #WIDEST} characters. */
final class TextTable {
    private static final int WIDEST = 80;
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<Boolean> numbers;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param numbers which columns hold numbers, as many as the header has names */
    TextTable(List<String> header, List<Boolean> numbers) {
        this.header = header.stream().map(TextTable::cut).toList();
        this.numbers = List.copyOf(numbers);
    }

    void add(List<String> cells) {
        rows.add(cells.stream().map(TextTable::cut).toList());
    }

    void print(PrintStream out) {
        int[] widths = widths();
        out.println(line(header, widths));
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }

        out.println(line(rule, widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }

        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(numbers.get(column) ? padding + cell : cell + padding);
        }

        return line.toString().stripTrailing();
    }

    private static String cut(String cell) {
        String line = cell.replaceAll("\\s+", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
