package dev.tapetum.attributionmetric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number that a metric finds. Every metric has exactly one without a detail, which stands for all of it; a metric that
 * looks at several things has one more for each of them.
 *
 * @param detail what the number is about, such as the other method of a pair; null for the metric's own number
 * @param value NaN where there is nothing to say, such as without a mask
 */
public record Reading(@Nullable String detail, double value) {

    /** The metric's own number, alone. */
    static List<Reading> of(double value) {
        return List.of(new Reading(null, value));
    }
}
