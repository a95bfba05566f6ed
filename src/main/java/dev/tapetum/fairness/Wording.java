package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.Locale;

/** Gaps in words, the same in the gate, in the findings and on the terminal. */
final class Wording {
    private static final int SMALLEST_SHOWN = 1000;
    private static final String SEPARATOR = ", ";

    private Wording() {}

    /**
     * {@code accuracy at site = B is 14.2 points lower than elsewhere (95% interval 11.0 to 17.3, q = 0.001)}. The ends
     * of the interval are those of the stated size, so a minus sign means that the opposite is possible. Of features both shares are
     * told.
     */
    static String sentence(Gap gap, StatisticsSettings settings) {
        String where = gap.metric().name() + " at " + gap.group().attribute() + " = "
                + gap.group().value();
        if (Double.isNaN(gap.difference())) {
            return where + " cannot be compared (" + gap.n() + " images against " + gap.referenceN() + ")";
        }

        boolean lower = gap.difference() < 0;
        String size = size(gap.metric(), Math.abs(gap.difference()));
        String certainty = certainty(gap, lower, settings);
        if (gap.metric().family() == Family.FEATURE) {
            return frequencies(gap) + " (" + size + (lower ? " less" : " more") + certainty + ")";
        }

        return where + " is " + size + (lower ? " lower than " : " higher than ") + gap.elsewhere()
                + (certainty.isEmpty() ? "" : " (" + certainty.substring(SEPARATOR.length()) + ")");
    }

    /** {@code feature 34 is active in 61.2% of the images with tag = yes against 20.1% elsewhere}. */
    private static String frequencies(Gap gap) {
        String name = gap.metric().name();
        return "feature " + name.substring(name.indexOf('[') + 1, name.length() - 1) + " is active in "
                + share(gap.value()) + " of the images with " + gap.group().attribute() + " = "
                + gap.group().value() + " against " + share(gap.referenceValue()) + " " + gap.elsewhere();
    }

    /** The interval and q, each after a comma; empty without them. */
    private static String certainty(Gap gap, boolean lower, StatisticsSettings settings) {
        if (Double.isNaN(gap.interval().low())) {
            return "";
        }

        double near = lower ? -gap.interval().high() : gap.interval().low();
        double far = lower ? -gap.interval().low() : gap.interval().high();
        return SEPARATOR + percent(settings.confidence()) + " interval " + number(gap.metric(), near) + " to "
                + number(gap.metric(), far) + (Double.isNaN(gap.qValue()) ? "" : SEPARATOR + q(gap.qValue()));
    }

    /** Why a gap has no verdict. */
    static String whyNot(Gap gap, StatisticsSettings settings) {
        if (gap.untested()) {
            return "it has fewer than " + settings.minGroup() + " units (" + gap.n() + " images against "
                    + gap.referenceN() + "), which could only show a gap of "
                    + (Double.isNaN(gap.minimumDetectable())
                            ? "unknown size"
                            : size(gap.metric(), gap.minimumDetectable()) + " or more");
        }

        return "the interval is too wide to tell; " + gap.n() + " images could only show a gap of "
                + size(gap.metric(), gap.minimumDetectable()) + " or more";
    }

    /** A difference with its unit: percentage points for metrics between 0 and 1. */
    static String size(Metric metric, double difference) {
        return number(metric, difference) + (inPoints(metric) ? " points" : "");
    }

    private static String number(Metric metric, double difference) {
        return inPoints(metric)
                ? String.format(Locale.ROOT, "%.1f", 100 * difference)
                : String.format(Locale.ROOT, "%.3g", difference);
    }

    private static boolean inPoints(Metric metric) {
        return metric.family() != Family.EXPLANATION && metric.family() != Family.INTERVENTION;
    }

    private static String q(double value) {
        return value < 1.0 / SMALLEST_SHOWN ? "q < 0.001" : String.format(Locale.ROOT, "q = %.3f", value);
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * value);
    }

    private static String percent(double confidence) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * confidence);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
    }
}
