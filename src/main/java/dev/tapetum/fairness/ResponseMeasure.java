package dev.tapetum.fairness;

import org.jspecify.annotations.Nullable;

/**
 * What a summary of interventions is about, and the one place where its name is written and read: {@code
 * property.expected-gradient[stamp, mug]}, with {@code *} for each image's own target; {@code corruption.error[fog]}; or {@code
 * corruption.mce}.
 *
 * @param measure what is measured, with its family before a dot
 * @param subject the editor, or the kind of corruption; empty for a number over all of them
 * @param target the class that is followed; empty where none is
 */
public record ResponseMeasure(String measure, String subject, String target) {
    /** Mean modulus of the derivative of the followed number by the strength. */
    public static final String EXPECTED_GRADIENT = "property.expected-gradient";
    /** Mean derivative with its sign. */
    public static final String SIGNED_GRADIENT = "property.signed-gradient";
    /** Whether the target became or ceased to be the prediction. */
    public static final String FLIP_RATE = "property.flip-rate";
    /** Error under one corruption, over its severities. */
    public static final String CORRUPTION_ERROR = "corruption.error";
    /** Error without corruption, of the same images and with the same weights: where an image has errors under corruptions. */
    public static final String CLEAN_ERROR = "corruption.clean-error";
    /** Mean over the corruptions of their errors relative to a reference's. */
    public static final String MCE = "corruption.mce";
    /** The same of what the corruptions add to the error without any. */
    public static final String RELATIVE_MCE = "corruption.relative-mce";

    /** The target that stands for each image's own. */
    public static final String OWN_TARGET = "*";

    private static final String PROPERTY = "property.";
    private static final String CORRUPTION = "corruption.";
    private static final String SEPARATOR = ", ";

    /** How a class answers to an editor. */
    public static ResponseMeasure ofProperty(String measure, String editor, String target) {
        return new ResponseMeasure(measure, editor, target);
    }

    /** How many errors corruptions make. */
    public static ResponseMeasure ofCorruption(String measure, String kind) {
        return new ResponseMeasure(measure, kind, "");
    }

    /** The name of the summary. */
    public String summary() {
        if (subject.isEmpty()) {
            return measure;
        }

        return measure + "[" + subject + (target.isEmpty() ? "" : SEPARATOR + target) + "]";
    }

    /** The name of the metric that is the summary's mean, as in the column {@code metric}. */
    public String mean() {
        return SummaryMoment.of(summary(), SummaryMoment.Moment.MEAN).name();
    }

    /** Whether a summary is of interventions. */
    static boolean isOne(String summary) {
        return summary.startsWith(PROPERTY) || summary.startsWith(CORRUPTION);
    }

    /** Whether a summary, or a metric that is made of one, is of errors under corruption. */
    public static boolean isOfCorruption(String name) {
        return name.startsWith(CORRUPTION);
    }

    /** Whether more of it is worse. */
    static boolean isError(String summary) {
        return summary.startsWith(CORRUPTION);
    }

    /** Reads the name of a summary; null for one that is not of interventions. */
    public static @Nullable ResponseMeasure of(String summary) {
        if (!isOne(summary)) {
            return null;
        }

        int bracket = summary.indexOf('[');
        if (bracket < 0) {
            return new ResponseMeasure(summary, "", "");
        }

        String measure = summary.substring(0, bracket);
        String inside = summary.substring(bracket + 1, summary.length() - 1);
        int separator = summary.startsWith(PROPERTY) ? separator(inside) : -1;
        return separator < 0
                ? new ResponseMeasure(measure, inside, "")
                : new ResponseMeasure(
                        measure, inside.substring(0, separator), inside.substring(separator + SEPARATOR.length()));
    }

    /** A full text has no space after its commas, unless it is within quotes: the first one outside of them ends the editor. */
    private static int separator(String inside) {
        boolean quoted = false;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && inside.startsWith(SEPARATOR, i)) {
                return i;
            }
        }

        return -1;
    }

    /** What a metric is about; null for one that is not of interventions. */
    public static @Nullable ResponseMeasure of(Metric metric) {
        return metric instanceof SummaryMoment moment ? of(moment.summary()) : null;
    }
}
