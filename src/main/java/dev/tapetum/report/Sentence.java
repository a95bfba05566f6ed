package dev.tapetum.report;

import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.GateVerdict;
import java.util.Locale;
import java.util.stream.Stream;

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
        Evidence decided = verdict.decided();
        String name = decided == null ? verdict.rule().metric() : decided.metric();
        String statement = verdict.statement();
        MetricName metric = MetricName.of(name);
        int start = Stream.of(PLACE, RULE, " is ", ":")
                .mapToInt(next -> statement.indexOf(name + next))
                .filter(found -> found >= 0)
                .findFirst()
                .orElse(-1);

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
