package dev.tapetum.fairness;

import dev.tapetum.spec.Quoted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a plan's gate: a statistic and the one limit that it must keep.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><td>{@code max-gap}</td><td>the largest difference, either way, of a group from its reference</td></tr>
 *   <tr><td>{@code min-value}, {@code max-value}</td><td>the smallest and the largest value</td></tr>
 *   <tr><td>{@code max-change}</td><td>how much worse than in the baseline run; of metrics without a better side how much
 *       different, either way</td></tr>
 * </table>
 *
 * <p>A rule speaks of one group of an attribute, of every group of it, or, without an attribute, of the whole.
 *
 * @param metric the name of a metric, or a name without its bracket, such as {@code true-positive-rate}, for all of them
 * @param attribute the attribute whose groups the rule is about, which may be a crossing such as {@code site × tag}; null
 *     for the whole, of which there is no gap
 * @param group a value of the attribute; null for every group
 * @param maxGap a limit in the units of the metric, at least 0; of the four limits exactly one is there
 * @param minValue a limit
 * @param maxValue a limit
 * @param maxChange a limit, at least 0
 * @param level what a broken rule does; {@link Level#ERROR} when it is not said
 * @param undecided what a rule without a verdict does; {@link Undecided#PASS} when it is not said
 */
public record Gate(
        String metric,
        @Nullable String attribute,
        @Nullable String group,
        @Nullable Double maxGap,
        @Nullable Double minValue,
        @Nullable Double maxValue,
        @Nullable Double maxChange,
        @Nullable Level level,
        @Nullable Undecided undecided)
        implements Serializable {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ -]*(\\.[A-Za-z0-9_-]+)*");

    /** What a broken rule does. */
    public enum Level {
        /** It fails the run. */
        ERROR,
        /** It is shown. */
        WARNING
    }

    /** What a rule does when the run cannot tell. */
    public enum Undecided {
        /** It does not fail. */
        PASS,
        /** It counts as broken. */
        FAIL
    }

    /** Which of the limits a rule has. */
    public enum Limit {
        MAX_GAP,
        MIN_VALUE,
        MAX_VALUE,
        MAX_CHANGE;

        /** The key of the plan. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Gate {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("metric must not be blank");
        } else if (attribute != null && attribute.isBlank()) {
            throw new IllegalArgumentException("attribute must not be blank");
        } else if (group != null && (group.isBlank() || attribute == null)) {
            throw new IllegalArgumentException("group must be a value of an attribute, which the rule names as well");
        }

        requireSize("max-gap", maxGap);
        requireSize("max-change", maxChange);
        requireNumber("min-value", minValue);
        requireNumber("max-value", maxValue);
        level = level == null ? Level.ERROR : level;
        undecided = undecided == null ? Undecided.PASS : undecided;
        List<String> limits = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            if (of(limit, maxGap, minValue, maxValue, maxChange) != null) {
                limits.add(limit.key());
            }
        }

        if (limits.size() != 1) {
            throw new IllegalArgumentException(
                    "a rule has exactly one of max-gap, min-value, max-value and max-change, "
                            + (limits.isEmpty() ? "and this one has none" : "not " + String.join(" and ", limits)));
        } else if (maxGap != null && attribute == null) {
            throw new IllegalArgumentException("max-gap needs an attribute whose groups are compared");
        } else if (maxGap != null && metric.equals(new CalibrationError(false).name())) {
            throw new IllegalArgumentException("metric " + metric + " grows as a group gets smaller; compare groups by "
                    + new CalibrationError(true).name());
        }
    }

    /** No group of the attribute may differ by more than this. */
    public Gate(String metric, String attribute, double maxGap) {
        this(metric, attribute, null, maxGap, null, null, null, null, null);
    }

    @Override
    public Level level() {
        return level == null ? Level.ERROR : level;
    }

    @Override
    public Undecided undecided() {
        return undecided == null ? Undecided.PASS : undecided;
    }

    /** Which limit the rule sets. */
    public Limit limit() {
        for (Limit limit : Limit.values()) {
            if (of(limit, maxGap, minValue, maxValue, maxChange) != null) {
                return limit;
            }
        }

        throw new IllegalStateException("a rule without a limit");
    }

    /** The limit itself, in the units of the metric. */
    public double bound() {
        Double bound = of(limit(), maxGap, minValue, maxValue, maxChange);
        return bound == null ? Double.NaN : bound;
    }

    private static @Nullable Double of(
            Limit limit,
            @Nullable Double maxGap,
            @Nullable Double minValue,
            @Nullable Double maxValue,
            @Nullable Double maxChange) {
        return switch (limit) {
            case MAX_GAP -> maxGap;
            case MIN_VALUE -> minValue;
            case MAX_VALUE -> maxValue;
            case MAX_CHANGE -> maxChange;
        };
    }

    private static void requireSize(String key, @Nullable Double limit) {
        if (limit != null && !(limit >= 0 && Double.isFinite(limit))) {
            throw new IllegalArgumentException(key + " must be at least 0, but is " + limit);
        }
    }

    private static void requireNumber(String key, @Nullable Double limit) {
        if (limit != null && !Double.isFinite(limit)) {
            throw new IllegalArgumentException(key + " must be a finite number, but is " + limit);
        }
    }

    /** The same rule about another attribute and group, or the same ones by other names. */
    public Gate about(String otherAttribute, @Nullable String otherGroup) {
        return new Gate(metric, otherAttribute, otherGroup, maxGap, minValue, maxValue, maxChange, level, undecided);
    }

    /** Whether the rule speaks of this metric, by its name. */
    public boolean names(String name) {
        return name.equals(metric) || name.startsWith(metric + "[");
    }

    /** Whether the rule speaks of this group. */
    boolean isAbout(Group other) {
        if (attribute == null) {
            return other.equals(Group.WHOLE);
        }

        return attribute.equals(other.attribute()) && (group == null || group.equals(other.value()));
    }

    /** Whether the rule speaks of this metric of this group. */
    boolean covers(Metric other, Group of) {
        return names(other.name()) && isAbout(of);
    }

    /** What the rule is about, in words: {@code accuracy}, {@code accuracy by site} or {@code accuracy at site = annex}. */
    String subject() {
        return metric
                + (attribute == null ? "" : group == null ? " by " + attribute : " at " + attribute + " = " + group);
    }

    /** The text of the {@code rule} column, as the plan may have it; what is as always is left out. */
    public String text() {
        StringBuilder text = new StringBuilder("{ metric = ").append(quoted(metric));
        if (attribute != null) {
            text.append(", attribute = ").append(quoted(attribute));
        }

        if (group != null) {
            text.append(", group = ").append(quoted(group));
        }

        text.append(", ").append(limit().key()).append(" = ").append(bound());
        if (level() != Level.ERROR) {
            text.append(", level = ").append(level().name().toLowerCase(Locale.ROOT));
        }

        if (undecided() != Undecided.PASS) {
            text.append(", undecided = ").append(undecided().name().toLowerCase(Locale.ROOT));
        }

        return text.append(" }").toString();
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : Quoted.of(text);
    }
}
