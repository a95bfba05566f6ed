package dev.tapetum.fairness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run has established, in words and with its evidence: what the report leads with.
 *
 * @param rank 1 for the first; 0 before findings are ranked
 * @param severity how bad the plan says that it is
 * @param kind what it is about
 * @param statement one sentence with the size, the interval and q
 * @param evidence the numbers
 * @param slice the images that it is about, in words such as {@code site = annex}; {@code *} for all of them
 * @param rule the rule of the gate that speaks of it, as the plan has it; null when none does
 * @param passed whether that rule allows it; null without a rule, and when the rule is undecided
 * @param imageIds a few images that show it, the most telling first; none where single images show nothing
 * @param query the SQL that shows the numbers behind the statement and those beside them
 */
public record Finding(
        int rank,
        Severity severity,
        Kind kind,
        String statement,
        Evidence evidence,
        String slice,
        @Nullable String rule,
        @Nullable Boolean passed,
        List<String> imageIds,
        String query) {
    /** How bad a finding is, the worst first. */
    public enum Severity {
        /** It breaks a rule of the gate that fails the run. */
        ERROR,
        /** It breaks a rule of the gate that only warns. */
        WARNING,
        /** It is established and breaks no rule. */
        NOTICE;

        /** The word of the table. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a finding is about, the most urgent first among equally severe ones. */
    public enum Kind {
        /** A value beyond a limit of the gate. */
        VALUE,
        /** A change from the baseline run beyond a limit of the gate. */
        CHANGE,
        /** A difference between groups that chance does not explain. */
        GAP,
        /** A subgroup that was found on one half of the images and confirmed on the other. */
        SLICE,
        /** A property that a class answers to more than to anything of no importance. */
        PROPERTY,
        /** A feature whose removal does more than either control. */
        FEATURE,
        /** A property or a feature that is drawn into a class. */
        PROTOTYPE,
        /** A method whose maps are no evidence. */
        EXPLANATION,
        /** No difference in outcomes among the groups of an attribute. */
        NONE;

        /** The word of the table. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        imageIds = List.copyOf(imageIds);
    }

    /** A finding before it is ranked, of the images of its evidence's group. */
    public static Finding of(Kind kind, String statement, Evidence evidence, String query) {
        return of(kind, statement, evidence, slice(evidence.group()), query);
    }

    /** A finding before it is ranked. */
    public static Finding of(Kind kind, String statement, Evidence evidence, String slice, String query) {
        return new Finding(0, Severity.NOTICE, kind, statement, evidence, slice, null, null, List.of(), query);
    }

    /** The images of a group in words: {@code site = annex ∧ tag = yes}. */
    private static String slice(Group group) {
        return group.equals(Group.WHOLE)
                ? Group.WHOLE.value()
                : group.components().stream()
                        .map(part -> part.attribute() + " = " + part.value())
                        .collect(Collectors.joining(" ∧ "));
    }

    /** The group that it is about. */
    public Group group() {
        return evidence.group();
    }

    /** The text name of the metric that it is about. */
    public String metric() {
        return evidence.metric();
    }

    /** Whether it says that something was found, and not that nothing was. */
    public boolean found() {
        return kind != Kind.NONE;
    }

    /** The same at its place among the findings. */
    public Finding ranked(int place) {
        return new Finding(place, severity, kind, statement, evidence, slice, rule, passed, imageIds, query);
    }

    /** The same as a rule of the gate sees it. */
    Finding judged(Severity by, @Nullable String of, @Nullable Boolean allowed) {
        return new Finding(rank, by, kind, statement, evidence, slice, of, allowed, imageIds, query);
    }

    /** The same with images that show it. */
    public Finding shownBy(List<String> ids) {
        return new Finding(rank, severity, kind, statement, evidence, slice, rule, passed, ids, query);
    }
}
