package dev.tapetum.job;

import dev.tapetum.table.PredictionRow;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Which images show what a metric is about.
 *
 * @param images the same as a condition on the table of predictions
 * @param rows the same of a row of it
 * @param words the end of "the images"
 */
record Telling(Column images, Predicate<PredictionRow> rows, String words) {

    /** All of them, for metrics that are about every image. */
    static final Telling ALL = new Telling(functions.lit(true), row -> true, "");

    private static final Pattern OF_A_CLASS = Pattern.compile("(.+-rate|precision)\\[(.*)]");

    /** @param metric the text name of a metric */
    static Telling of(String metric) {
        Column wrong = functions.not(functions.col("correct"));
        Predicate<PredictionRow> mistaken = row -> Boolean.FALSE.equals(row.correct());
        if (metric.equals("accuracy")) {
            return new Telling(wrong, mistaken, " that are predicted wrongly");
        }

        Matcher rate = OF_A_CLASS.matcher(metric);
        if (!rate.matches()) {
            return ALL;
        }

        String name = rate.group(2);
        Column predicted = functions.col("predicted").equalTo(name);
        Predicate<PredictionRow> called = row -> row.predicted().equals(name);
        return switch (rate.group(1)) {
            case "true-positive-rate" ->
                new Telling(
                        wrong.and(functions.col("label").equalTo(name)),
                        mistaken.and(row -> Objects.equals(row.label(), name)),
                        " that are labelled " + name + " and not predicted so");
            case "false-positive-rate", "precision" ->
                new Telling(
                        predicted.and(wrong),
                        called.and(mistaken),
                        " that are predicted " + name + " and not labelled so");
            default -> new Telling(predicted, called, " that are predicted " + name);
        };
    }

    /** Whether an image shows it. */
    boolean shows(PredictionRow row) {
        return rows.test(row);
    }
}
