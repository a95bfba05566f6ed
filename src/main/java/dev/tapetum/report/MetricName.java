package dev.tapetum.report;

import static java.util.Map.entry;

import dev.tapetum.fairness.Direction;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the text name of a metric, {@code KIND} or {@code KIND[SUBJECT]}, means to people. A name that this version does
 * not know is shown as it is, among the explanations.
 *
 * @param text the name itself
 * @param kind what stands before the bracket, in words
 * @param subject the class, method or feature in the bracket; empty without one
 * @param meaning one sentence; empty for a kind that is not known
 * @param section where in the report it belongs
 * @param order its place within the section
 * @param direction which way it is better
 * @param percent whether its values are shares, told in per cent, and its differences in percentage points
 */
record MetricName(
        String text,
        String kind,
        String subject,
        String meaning,
        Section section,
        int order,
        Direction direction,
        boolean percent) {
    /** The parts of a report's group statistics, in their order. */
    enum Section {
        OUTCOMES("Accuracy, confidence and calibration", ""),
        CLASSES("Rates of each class", "classes"),
        REJECTS("Rejected images", ""),
        FEATURES("Features", "features"),
        INTERVENTIONS("Interventions", "editors and classes"),
        EXPLANATIONS("Attributions", "methods"),
        CORRUPTIONS("Corruptions", "corruptions");

        private final String title;
        private final String subjects;

        Section(String title, String subjects) {
            this.title = title;
            this.subjects = subjects;
        }

        String title() {
            return title;
        }

        /** What its metrics are of, in the plural. */
        String subjects() {
            return subjects;
        }
    }

    private record Rate(String words, String meaning, Section section, int order, Direction direction) {}

    private record Summary(String words, String meaning, int order) {}

    private static final String FEATURE_FREQUENCY = "feature-frequency";
    private static final String FLIP_RATE = "property.flip-rate";
    private static final String SPREAD = ".spread";
    private static final String MEAN = ".mean";

    private static final Map<String, Rate> RATES = Map.of(
            "accuracy",
            new Rate(
                    "Accuracy",
                    "Share of labelled images whose predicted class is the label.",
                    Section.OUTCOMES,
                    0,
                    Direction.HIGHER_IS_BETTER),
            "confidence",
            new Rate("Confidence", "Mean probability of the predicted class.", Section.OUTCOMES, 1, Direction.NEITHER),
            "confidence.spread",
            new Rate(
                    "Spread of confidence",
                    "Standard deviation of the predicted class's probability.",
                    Section.OUTCOMES,
                    2,
                    Direction.NEITHER),
            "calibration-error",
            new Rate(
                    "Calibration error",
                    "Mean distance of confidence from accuracy over 15 equal bins of confidence: 0 means that of the"
                            + " images predicted with 80% confidence, 80% are right. Chance alone makes it larger in a"
                            + " small group, so groups are compared by the debiased one.",
                    Section.OUTCOMES,
                    3,
                    Direction.LOWER_IS_BETTER),
            "calibration-error-debiased",
            new Rate(
                    "Debiased calibration error",
                    "Root mean square of the same distances, less the part that chance alone puts into small bins.",
                    Section.OUTCOMES,
                    4,
                    Direction.LOWER_IS_BETTER),
            "selection-rate",
            new Rate(
                    "Selection rate",
                    "Share of scored images that are predicted as the class.",
                    Section.CLASSES,
                    0,
                    Direction.NEITHER),
            "true-positive-rate",
            new Rate(
                    "True positive rate",
                    "Of the images labelled with the class, the share predicted as it.",
                    Section.CLASSES,
                    1,
                    Direction.HIGHER_IS_BETTER),
            "false-positive-rate",
            new Rate(
                    "False positive rate",
                    "Of the images labelled with another class, the share predicted as this one.",
                    Section.CLASSES,
                    2,
                    Direction.LOWER_IS_BETTER),
            FEATURE_FREQUENCY,
            new Rate(
                    "Frequency",
                    "Share of scored images in which the feature of the autoencoder is active in any patch.",
                    Section.FEATURES,
                    0,
                    Direction.NEITHER),
            "reject-rate",
            new Rate(
                    "Reject rate",
                    "Share of all images that could not be read, decoded or scored.",
                    Section.REJECTS,
                    0,
                    Direction.LOWER_IS_BETTER));

    /** Further ones; the names of those of a class end in brackets, since some have a namesake over all classes. */
    private static final Map<String, Rate> FURTHER_RATES = Map.ofEntries(
            entry(
                    "overconfidence",
                    new Rate(
                            "Overconfidence",
                            "Mean confidence less accuracy: positive where the model claims too much.",
                            Section.OUTCOMES,
                            5,
                            Direction.NEITHER)),
            entry(
                    "balanced-accuracy",
                    new Rate(
                            "Balanced accuracy",
                            "Mean over the classes of their true positive rates.",
                            Section.OUTCOMES,
                            6,
                            Direction.HIGHER_IS_BETTER)),
            entry(
                    "false-positive-rate.macro",
                    new Rate(
                            "Macro false positive rate",
                            "Mean over the classes of their false positive rates.",
                            Section.OUTCOMES,
                            7,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "worst-group-accuracy",
                    new Rate(
                            "Worst-group accuracy",
                            "Smallest accuracy over the labels in the groups of an attribute, of those with enough images; chance makes it too small.",
                            Section.OUTCOMES,
                            8,
                            Direction.HIGHER_IS_BETTER)),
            entry(
                    "generalised-entropy",
                    new Rate(
                            "Generalised entropy",
                            "How unequally right answers are dealt out, index of order 2: 0 means that all images are right.",
                            Section.OUTCOMES,
                            9,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "theil",
                    new Rate(
                            "Theil index",
                            "The same, index of order 1.",
                            Section.OUTCOMES,
                            10,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "precision[]",
                    new Rate(
                            "Precision",
                            "Of the labelled images predicted as the class, the share labelled with it. It depends on how common the class is.",
                            Section.CLASSES,
                            3,
                            Direction.HIGHER_IS_BETTER)),
            entry(
                    "demographic-parity-difference[]",
                    new Rate(
                            "Demographic parity difference",
                            "Largest less smallest selection rate over the groups of an attribute with enough images; chance makes it too large.",
                            Section.CLASSES,
                            4,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "demographic-parity-ratio[]",
                    new Rate(
                            "Demographic parity ratio",
                            "Smallest over largest selection rate over the groups of an attribute with enough images, which the four-fifths rule wants to be 80%; chance makes it too small.",
                            Section.CLASSES,
                            5,
                            Direction.HIGHER_IS_BETTER)),
            entry(
                    "equal-opportunity-difference[]",
                    new Rate(
                            "Equal opportunity difference",
                            "Largest less smallest true positive rate over the groups of an attribute with enough images; chance makes it too large.",
                            Section.CLASSES,
                            6,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "equalised-odds-difference[]",
                    new Rate(
                            "Equalised odds difference",
                            "The larger of the differences in true and in false positive rates over the groups of an attribute; chance makes it too large.",
                            Section.CLASSES,
                            7,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "generalised-entropy[]",
                    new Rate(
                            "Generalised entropy",
                            "How unequally the benefit of deciding on the class is dealt out (2 for a false positive, 0 for a false negative, else 1), index of order 2: 0 means equally.",
                            Section.CLASSES,
                            8,
                            Direction.LOWER_IS_BETTER)),
            entry(
                    "theil[]",
                    new Rate(
                            "Theil index",
                            "The same, index of order 1.",
                            Section.CLASSES,
                            9,
                            Direction.LOWER_IS_BETTER)));

    /** Those that are no shares. */
    private static final Set<String> INDICES = Set.of("generalised-entropy", "theil");

    private static final Map<String, Summary> SUMMARIES = Map.of(
            "mask-share",
            new Summary(
                    "mask share",
                    "Part of the absolute attribution that lies on the object's mask: 1 means that the model used"
                            + " nothing but the object.",
                    0),
            "gini",
            new Summary(
                    "Gini index", "How concentrated the attribution is: 0 is spread evenly, 1 is all in one place.", 1),
            "entropy",
            new Summary("entropy", "How widely the attribution is spread, in nats: 0 is all in one place.", 2),
            "positive-share",
            new Summary("positive share", "Part of the absolute attribution that speaks for the class.", 3),
            "attribution-sum",
            new Summary(
                    "attribution sum",
                    "Sum of the attribution over all pixels, in logits for methods that claim completeness.",
                    4),
            "completeness-error",
            new Summary(
                    "completeness error",
                    "How far the attribution sum is from the change of the logit that it should explain.",
                    5),
            "centre-x",
            new Summary(
                    "centre across",
                    "Where the absolute attribution has its centre: 0 is the left edge, 1 the right.",
                    6),
            "centre-y",
            new Summary(
                    "centre down", "Where the absolute attribution has its centre: 0 is the top, 1 the bottom.", 7));

    private static final Map<String, Rate> RESPONSES = Map.of(
            "property.expected-gradient",
            new Rate(
                    "Expected property gradient",
                    "How far the number that is followed moves while the property goes from its weakest to its strongest, ups"
                            + " and downs added up.",
                    Section.INTERVENTIONS,
                    0,
                    Direction.NEITHER),
            "property.signed-gradient",
            new Rate(
                    "Signed property gradient",
                    "The same with ups and downs set off against each other.",
                    Section.INTERVENTIONS,
                    1,
                    Direction.NEITHER),
            FLIP_RATE,
            new Rate(
                    "Flip rate",
                    "Share of images for which the class becomes or ceases to be the prediction on the way.",
                    Section.INTERVENTIONS,
                    2,
                    Direction.NEITHER));

    private static final Map<String, Rate> CORRUPTIONS = Map.of(
            "corruption.mce",
            new Rate(
                    "mCE",
                    "Errors under each corruption over those of the reference, mean over the corruptions: 100% is as"
                            + " bad as the reference.",
                    Section.CORRUPTIONS,
                    0,
                    Direction.LOWER_IS_BETTER),
            "corruption.relative-mce",
            new Rate(
                    "Relative mCE",
                    "The same of the errors that each corruption adds to those on the images as they are.",
                    Section.CORRUPTIONS,
                    1,
                    Direction.LOWER_IS_BETTER),
            "corruption.error",
            new Rate(
                    "Error under corruption",
                    "Share of images that are predicted wrongly, mean over the severities.",
                    Section.CORRUPTIONS,
                    2,
                    Direction.LOWER_IS_BETTER),
            "corruption.clean-error",
            new Rate(
                    "Error without corruption",
                    "Share of the same images that are predicted wrongly as they are.",
                    Section.CORRUPTIONS,
                    3,
                    Direction.LOWER_IS_BETTER));

    static MetricName of(String text) {
        int bracket = text.endsWith("]") ? text.indexOf('[') : -1;
        String kind = bracket < 0 ? text : text.substring(0, bracket);
        String inside = bracket < 0 ? "" : text.substring(bracket + 1, text.length() - 1);
        // What is a name for classes and methods is a mere number for features.
        String subject = kind.equals(FEATURE_FREQUENCY) && bracket >= 0 ? "feature " + inside : inside;
        Rate first = RATES.get(kind);
        Rate rate = first == null ? FURTHER_RATES.get(bracket < 0 ? kind : kind + "[]") : first;

        return rate == null
                ? moment(text, kind, subject)
                : new MetricName(
                        text,
                        rate.words,
                        subject,
                        rate.meaning,
                        rate.section,
                        rate.order,
                        rate.direction,
                        !INDICES.contains(kind));
    }

    private static MetricName moment(String text, String kind, String subject) {
        boolean mean = kind.endsWith(MEAN);
        boolean spread = kind.endsWith(SPREAD);
        String summary = mean || spread ? kind.substring(0, kind.lastIndexOf('.')) : kind;
        Rate response = RESPONSES.get(summary);

        if (response != null) {
            return new MetricName(
                    text,
                    response.words,
                    subject,
                    response.meaning,
                    response.section,
                    response.order,
                    response.direction,
                    summary.equals(FLIP_RATE));
        }

        Rate corruption = CORRUPTIONS.get(summary);

        if (corruption == null) {
            return explanation(text, kind, subject, summary);
        }

        return new MetricName(
                text,
                spread ? "Spread of " + lowerCase(corruption.words) : corruption.words,
                subject,
                corruption.meaning,
                corruption.section,
                corruption.order + (spread ? CORRUPTIONS.size() : 0),
                spread ? Direction.NEITHER : corruption.direction,
                true);
    }

    private static MetricName explanation(String text, String kind, String subject, String summary) {
        boolean mean = kind.endsWith(MEAN);
        boolean spread = kind.endsWith(SPREAD);
        String plain = summary.substring(summary.lastIndexOf('.') + 1)
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        Summary known = SUMMARIES.get(plain);
        Measure measure = Measure.of(plain);
        String moment = mean ? "Mean " : spread ? "Spread of " : "";
        String words = known != null
                ? moment + known.words
                : measure.meaning().isEmpty() ? kind : moment + lowerCase(measure.title());
        String meaning =
                known != null ? known.meaning : measure.meaning().isEmpty() ? "" : Sentence.ended(measure.meaning());
        int order = (known == null ? SUMMARIES.size() : known.order) + (spread ? SUMMARIES.size() + 1 : 0);

        return new MetricName(text, words, subject, meaning, Section.EXPLANATIONS, order, Direction.NEITHER, false);
    }

    /** With a small letter first, unless the word is all capitals, such as ROAD. */
    private static String lowerCase(String title) {
        return title.length() > 1 && Character.isUpperCase(title.charAt(1))
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    /** The whole name in words. */
    String title() {
        return subject.isEmpty() ? kind : kind + " of " + subject;
    }

    /** Whether a group that differs from the others by this much is better off. */
    boolean better(double difference) {
        return switch (direction) {
            case HIGHER_IS_BETTER -> difference > 0;
            case LOWER_IS_BETTER -> difference < 0;
            case NEITHER -> false;
        };
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
