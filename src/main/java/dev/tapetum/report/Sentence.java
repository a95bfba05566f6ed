package dev.tapetum.report;

import java.util.Locale;

/** Turns the statements of findings and verdicts into sentences for people. */
final class Sentence {
    private static final String PLACE = " at ";

    private Sentence() {}

    /**
     * The statement capitalised and with a full stop; where it starts with the name of a metric that is known, as
     * findings do ({@code accuracy at site = B is …}), with the metric in words.
     */
    static String of(String statement) {
        int place = statement.indexOf(PLACE);
        MetricName metric = MetricName.of(place < 0 ? "" : statement.substring(0, place));
        String worded = metric.meaning().isEmpty() ? statement : metric.title() + statement.substring(place);
        String stopped = worded.endsWith(".") ? worded : worded + ".";

        return stopped.substring(0, 1).toUpperCase(Locale.ROOT) + stopped.substring(1);
    }
}
