package dev.tapetum.report;

import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.GateVerdict;
import java.util.Locale;

/** Turns the statements of findings and verdicts into sentences for people. */
final class Sentence {
    private static final String PLACE = " at ";
    private static final String RULE = " by ";

    private Sentence() {}

    /**
     * The statement capitalised and with a full stop; where it starts with the name of a metric that is known, as
     * findings do ({@code accuracy at site = B is …}), with the metric in words.
     */
    static String of(String statement) {
        int place = statement.indexOf(PLACE);
        MetricName metric = MetricName.of(place < 0 ? "" : statement.substring(0, place));
        return ended(metric.meaning().isEmpty() ? statement : metric.title() + statement.substring(place));
    }

    /** What a rule of the gate found, with the metric of the gap that decided, or else that of the rule, in words. */
    static String of(GateVerdict verdict) {
        Gap worst = verdict.worst();
        String name = worst == null ? verdict.rule().metric() : worst.metric().name();
        String statement = verdict.statement();
        MetricName metric = MetricName.of(name);
        int start = statement.indexOf(name + (worst == null ? RULE : PLACE));

        return ended(
                metric.meaning().isEmpty() || start < 0
                        ? statement
                        : statement.substring(0, start)
                                + metric.title().substring(0, 1).toLowerCase(Locale.ROOT)
                                + metric.title().substring(1)
                                + statement.substring(start + name.length()));
    }

    /** The words capitalised and with a full stop. */
    static String ended(String worded) {
        String stopped = worded.endsWith(".") ? worded : worded + ".";

        return stopped.substring(0, 1).toUpperCase(Locale.ROOT) + stopped.substring(1);
    }
}
