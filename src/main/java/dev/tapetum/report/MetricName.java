package dev.tapetum.report;

import java.util.Locale;
import java.util.Map;

/**
 * What the text name of a metric, {@code KIND} or {@code KIND[SUBJECT]}, means to people. A name that this version does
 * not know is shown as it is, among the explanations.
 *
 * @param text the name itself
 * @param kind what stands before the bracket, in words
 * @param subject the class or method in the bracket; empty without one
 * @param meaning one sentence; empty for a kind that is not known
 * @param section where in the report it belongs
 * @param order its place within the section
 * @param percent whether its values are shares, told in per cent, and its differences in percentage points
 */
record MetricName(
        String text, String kind, String subject, String meaning, Section section, int order, boolean percent) {
    /** The parts of a report's group statistics, in their order. */
    enum Section {
        OUTCOMES("Accuracy, confidence and calibration"),
        CLASSES("Rates of each class"),
        REJECTS("Rejected images"),
        EXPLANATIONS("Attributions");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private record Known(String words, String meaning, Section section, int order) {}

    private static final String SPREAD = ".spread";
    private static final String MEAN = ".mean";

    private static final Map<String, Known> RATES = Map.of(
            "accuracy",
            new Known("Accuracy", "Share of labelled images whose predicted class is the label.", Section.OUTCOMES, 0),
            "confidence",
            new Known("Confidence", "Mean probability of the predicted class.", Section.OUTCOMES, 1),
            "confidence.spread",
            new Known(
                    "Spread of confidence",
                    "Standard deviation of the predicted class's probability.",
                    Section.OUTCOMES,
                    2),
            "calibration-error",
            new Known(
                    "Calibration error",
                    "Mean distance of confidence from accuracy over 15 equal bins of confidence: 0 means that of the"
                            + " images predicted with 80% confidence, 80% are right.",
                    Section.OUTCOMES,
                    3),
            "calibration-error-debiased",
            new Known(
                    "Calibration error, debiased",
                    "Root mean square of the same distances, less the part that chance alone puts into small bins.",
                    Section.OUTCOMES,
                    4),
            "selection-rate",
            new Known("Selection rate", "Share of scored images that are predicted as the class.", Section.CLASSES, 0),
            "true-positive-rate",
            new Known(
                    "True positive rate",
                    "Of the images labelled with the class, the share predicted as it.",
                    Section.CLASSES,
                    1),
            "false-positive-rate",
            new Known(
                    "False positive rate",
                    "Of the images labelled with another class, the share predicted as this one.",
                    Section.CLASSES,
                    2),
            "reject-rate",
            new Known(
                    "Reject rate",
                    "Share of all images that could not be read, decoded or scored.",
                    Section.REJECTS,
                    0));

    private static final Map<String, Known> SUMMARIES = Map.of(
            "mask-share",
            new Known(
                    "Mask share",
                    "Part of the absolute attribution that lies on the object's mask: 1 means that the model used"
                            + " nothing but the object.",
                    Section.EXPLANATIONS,
                    0),
            "gini",
            new Known(
                    "Gini index",
                    "How concentrated the attribution is: 0 is spread evenly, 1 is all in one place.",
                    Section.EXPLANATIONS,
                    1),
            "entropy",
            new Known(
                    "Entropy",
                    "How widely the attribution is spread, in nats: 0 is all in one place.",
                    Section.EXPLANATIONS,
                    2),
            "positive-share",
            new Known(
                    "Positive share",
                    "Part of the absolute attribution that speaks for the class.",
                    Section.EXPLANATIONS,
                    3),
            "attribution-sum",
            new Known(
                    "Attribution sum",
                    "Sum of the attribution over all pixels, in logits for methods that claim completeness.",
                    Section.EXPLANATIONS,
                    4),
            "completeness-delta",
            new Known(
                    "Completeness error",
                    "How far the attribution sum is from the change of the logit that it should explain.",
                    Section.EXPLANATIONS,
                    5));

    static MetricName of(String text) {
        int bracket = text.endsWith("]") ? text.indexOf('[') : -1;
        String kind = bracket < 0 ? text : text.substring(0, bracket);
        String subject = bracket < 0 ? "" : text.substring(bracket + 1, text.length() - 1);
        Known rate = RATES.get(kind);

        if (rate != null) {
            return new MetricName(text, rate.words, subject, rate.meaning, rate.section, rate.order, true);
        }

        String moment = kind.endsWith(SPREAD) ? ", spread" : kind.endsWith(MEAN) ? ", mean" : "";
        String summary = moment.isEmpty() ? kind : kind.substring(0, kind.lastIndexOf('.'));
        String plain = summary.substring(summary.lastIndexOf('.') + 1)
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        Known known = SUMMARIES.get(plain);
        int spreadLast = moment.equals(", spread") ? SUMMARIES.size() + 1 : 0;

        return known == null
                ? new MetricName(text, kind, subject, "", Section.EXPLANATIONS, SUMMARIES.size() + spreadLast, false)
                : new MetricName(
                        text,
                        known.words + moment,
                        subject,
                        known.meaning,
                        Section.EXPLANATIONS,
                        known.order + spreadLast,
                        false);
    }

    /** The whole name in words. */
    String title() {
        return subject.isEmpty() ? kind : kind + " · " + subject;
    }

    String value(double value) {
        return percent ? Numbers.percent(value) : Numbers.digits(value);
    }

    /** A difference with its unit. */
    String difference(double difference) {
        boolean unit = percent && Double.isFinite(difference);

        return number(difference) + (unit ? " points" : "");
    }

    /** An interval of values. */
    String range(double low, double high) {
        return Double.isFinite(low) ? value(low) + " to " + value(high) : Numbers.NONE;
    }

    /** An interval of differences, whose unit the reader knows. */
    String differenceRange(double low, double high) {
        return Double.isFinite(low) ? number(low) + " to " + number(high) : Numbers.NONE;
    }

    private String number(double difference) {
        return percent ? Numbers.points(difference) : Numbers.digits(difference);
    }
}
