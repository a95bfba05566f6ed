package dev.tapetum.report;

import dev.tapetum.fairness.Direction;
import dev.tapetum.fairness.PairedNumber;
import java.util.Map;

/**
 * What a metric of a comparison means to people: those that only comparisons have, and else those of a run.
 *
 * @param title the name in words
 * @param meaning one sentence; empty where nothing is known
 * @param direction which way it is better
 * @param percent whether it is a share, told in per cent
 */
record ChangeName(String title, String meaning, Direction direction, boolean percent) {
    private static final String RANK_DRIFT = "attribution.rank-drift.mean";
    private static final String COSINE_DRIFT = "attribution.cosine-drift.mean";

    private static final Map<String, ChangeName> OWN = Map.of(
            PairedNumber.AGREEMENT,
            new ChangeName(
                    "Same prediction",
                    "Share of images whose predicted class is the same in both runs.",
                    Direction.NEITHER,
                    true),
            "loss",
            new ChangeName("Loss", "Mean cross-entropy of the label, in nats.", Direction.LOWER_IS_BETTER, false),
            "label-probability",
            new ChangeName(
                    "Probability of the label",
                    "Mean probability that the model gives to the label.",
                    Direction.HIGHER_IS_BETTER,
                    true),
            RANK_DRIFT,
            new ChangeName(
                    "Rank drift",
                    "One less the rank correlation of the absolute maps of the same image and class: 0 when the same places"
                            + " matter, 1 when they have nothing to do with each other.",
                    Direction.NEITHER,
                    false),
            COSINE_DRIFT,
            new ChangeName(
                    "Cosine drift",
                    "One less the cosine of the signed maps of the same image and class.",
                    Direction.NEITHER,
                    false));

    static ChangeName of(String metric) {
        int bracket = metric.endsWith("]") ? metric.indexOf('[') : -1;
        String kind = bracket < 0 ? metric : metric.substring(0, bracket);
        ChangeName own = OWN.get(kind);
        if (own == null) {
            MetricName name = MetricName.of(metric);
            return new ChangeName(name.title(), name.meaning(), name.direction(), name.percent());
        }

        return bracket < 0
                ? own
                : new ChangeName(
                        own.title + " of " + metric.substring(bracket + 1, metric.length() - 1),
                        own.meaning,
                        own.direction,
                        own.percent);
    }

    /** Whether a change by so much is for the worse. */
    boolean worse(double difference) {
        return switch (direction) {
            case HIGHER_IS_BETTER -> difference < 0;
            case LOWER_IS_BETTER -> difference > 0;
            case NEITHER -> false;
        };
    }

    /** Whether a change by so much is for the better. */
    boolean better(double difference) {
        return direction != Direction.NEITHER && difference != 0 && !worse(difference);
    }

    String value(double value) {
        return percent ? Numbers.percent(value) : Numbers.digits(value);
    }

    /** A difference with its unit. */
    String difference(double difference) {
        return number(difference) + (percent && Double.isFinite(difference) ? " points" : "");
    }

    /** An interval of differences, whose unit the reader knows. */
    String range(double low, double high) {
        return Double.isFinite(low) ? number(low) + " to " + number(high) : Numbers.NONE;
    }

    /** A difference whose unit the reader knows. */
    String number(double difference) {
        return percent ? Numbers.points(difference) : Numbers.digits(difference);
    }
}
