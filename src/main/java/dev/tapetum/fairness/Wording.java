package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.Locale;

/** Gaps, values and changes in words, the same in the gate, in the findings and on the terminal. */
final class Wording {
    private static final int SMALLEST_SHOWN = 1000;
    private static final String SEPARATOR = ", ";

    /** Whom a group is compared with. */
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
        String certainty = certainty(gap.metric(), gap.interval(), gap.qValue(), lower, settings);
        if (gap.metric().family() == Family.FEATURE) {
            return frequencies(gap) + " (" + size + (lower ? " less" : " more") + certainty + ")";
        }

        return where + " is " + size + (lower ? " lower than " : " higher than ") + gap.elsewhere()
                + bracketed(certainty);
    }

    private static String bracketed(String certainty) {
        return certainty.isEmpty() ? "" : " (" + certainty.substring(SEPARATOR.length()) + ")";
    }

    /** {@code accuracy at site = B is 91.2% (95% interval 90.1% to 92.3%)}; of the whole without a place. */
    static String sentence(GroupMetric value, StatisticsSettings settings) {
        Metric metric = value.metric();
        String subject = metric.name() + place(value.group());
        if (Double.isNaN(value.value())) {
            return subject + " has no value (" + images(value.n()) + ")";
        }

        Interval interval = value.interval();
        return subject + " is " + value(metric, value.value())
                + (Double.isNaN(interval.low())
                        ? " (no interval, " + images(value.n()) + ")"
                        : " (" + percent(settings.confidence()) + " interval " + value(metric, interval.low()) + " to "
                                + value(metric, interval.high()) + ")");
    }

    /** {@code accuracy at site = B is 2.1 points lower than in the baseline run (95% interval 1.0 to 3.2, q = 0.001)}. */
    static String sentence(Change change, StatisticsSettings settings) {
        String subject = change.metric() + place(change.group());
        if (Double.isNaN(change.difference())) {
            return subject + " cannot be compared with the baseline run (" + images(change.n()) + ")";
        }

        boolean lower = change.difference() < 0;
        return subject + " is " + size(change.statistic(), Math.abs(change.difference()))
                + (lower ? " lower" : " higher") + " than in the baseline run"
                + bracketed(certainty(change.statistic(), change.interval(), change.qValue(), lower, settings));
    }

    /** A group after the name of a metric; empty for the whole. */
    private static String place(Group group) {
        if (group.equals(Group.WHOLE)) {
            return "";
        }

        // A statistic over the groups of an attribute is of none of them.
        return group.value().equals(Group.WHOLE.value())
                ? " over " + group.attribute()
                : " at " + group.attribute() + " = " + group.value();
    }

    static String images(long n) {
        return n + (n == 1 ? " image" : " images");
    }

    /** {@code feature 34 is active in 61.2% of the images with tag = yes against 20.1% elsewhere}. */
    private static String frequencies(Gap gap) {
        String name = gap.metric().name();
        return "feature " + name.substring(name.indexOf('[') + 1, name.length() - 1) + " is active in "
                + share(gap.value()) + " of the images with " + gap.group().attribute() + " = "
                + gap.group().value() + " against " + share(gap.referenceValue()) + " " + gap.elsewhere();
    }

    /** The interval and q, each after a comma; empty without them. */
    private static String certainty(
            Metric metric, Interval interval, double qValue, boolean lower, StatisticsSettings settings) {
        if (Double.isNaN(interval.low())) {
            return "";
        }

        double near = lower ? -interval.high() : interval.low();
        double far = lower ? -interval.low() : interval.high();
        return SEPARATOR + percent(settings.confidence()) + " interval " + number(metric, near) + " to "
                + number(metric, far) + (Double.isNaN(qValue) ? "" : SEPARATOR + q(qValue));
    }

    /** Why a gap has no verdict. */
    static String whyNot(Gap gap, StatisticsSettings settings) {
        if (gap.isWithoutReplicates()) {
            return Tallies.NOT_KEPT;
        } else if (gap.untested()) {
            return "it has fewer than " + settings.minGroup() + " units (" + gap.n() + " images against "
                    + gap.referenceN() + "), which could only show a gap of "
                    + (Double.isNaN(gap.minimumDetectable())
                            ? "unknown size"
                            : size(gap.metric(), gap.minimumDetectable()) + " or more");
        }

        return "the interval is too wide to tell; " + gap.n() + " images could only show a gap of "
                + size(gap.metric(), gap.minimumDetectable()) + " or more";
    }

    /** Why a difference has no verdict though its whole interval lies beyond the limit. */
    static String notAmong(long comparisons, StatisticsSettings settings) {
        return "its whole interval lies beyond the limit, but after the correction for " + comparisons
                + (comparisons == 1 ? " comparison" : " comparisons")
                + " it is not established, for which q must be at most "
                + settings.falseDiscoveryRate();
    }

    /** A value with its unit: per cent for metrics between 0 and 1. */
    static String value(Metric metric, double value) {
        return inPoints(metric) ? share(value) : number(metric, value);
    }

    /** A difference with its unit: percentage points for metrics between 0 and 1. */
    static String size(Metric metric, double difference) {
        return number(metric, difference) + (inPoints(metric) ? " points" : "");
    }

    static String number(Metric metric, double difference) {
        return inPoints(metric)
                ? String.format(Locale.ROOT, "%.1f", 100 * difference)
                : String.format(Locale.ROOT, "%.3g", difference);
    }

    private static boolean inPoints(Metric metric) {
        return metric.family() != Family.EXPLANATION
                && metric.family() != Family.INTERVENTION
                && !metric.name().equals(Change.LOSS);
    }

    static String q(double value) {
        return value < 1.0 / SMALLEST_SHOWN ? "q < 0.001" : String.format(Locale.ROOT, "q = %.3f", value);
    }

    /** A difference of shares without its unit. */
    static String points(double difference) {
        return String.format(Locale.ROOT, "%.1f", 100 * difference);
    }

    static String share(double value) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * value);
    }

    static String percent(double confidence) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * confidence);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
    }
}
