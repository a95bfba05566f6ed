package dev.tapetum.fairness;

import java.io.Serializable;

/**
 * One rule of a plan's gate: no group of the attribute may differ from the others by more than this.
 *
 * @param metric the name of a metric, or a name without its bracket, such as {@code true-positive-rate}, for all of them
 * @param attribute the attribute whose groups are compared, or several crossed ones: {@code site × tag}
 * @param maxGap the largest difference allowed, in the units of the metric, at least 0
 */
public record Gate(String metric, String attribute, double maxGap) implements Serializable {
    public Gate {
        if (!(maxGap >= 0)) {
            throw new IllegalArgumentException("max-gap must be at least 0, but is " + maxGap);
        }

        if (metric.isBlank()) {
            throw new IllegalArgumentException("metric must not be blank");
        }

        if (metric.equals(new CalibrationError(false).name())) {
            throw new IllegalArgumentException("metric " + metric + " grows as a group gets smaller; compare groups by "
                    + new CalibrationError(true).name());
        }

        if (attribute.isBlank()) {
            throw new IllegalArgumentException("attribute must not be blank");
        }
    }

    /** The same rule about another attribute. */
    public Gate about(String other) {
        return new Gate(metric, other, maxGap);
    }

    /** Whether the rule speaks of this gap. */
    boolean covers(Gap gap) {
        String name = gap.metric().name();
        return attribute.equals(gap.group().attribute()) && (name.equals(metric) || name.startsWith(metric + "["));
    }

    /** The text of the {@code rule} column, as the plan has it. */
    public String text() {
        return "{ metric = " + metric + ", attribute = " + attribute + ", max-gap = " + maxGap + " }";
    }
}
