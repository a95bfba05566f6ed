package dev.tapetum.config;

import java.io.Serializable;

/**
 * Which subgroups are searched for errors.
 *
 * @param depth the most conditions of a subgroup, 1 to 4
 * @param top how many subgroups are measured at most, 0 to 1,000; 0 for no search
 * @param minSupport the smallest share of the searched images that a subgroup has, 0.0001 to 0.5
 * @param alpha how much a high error counts against a small size, above 0 and at most 1
 */
public record SliceSettings(int depth, int top, double minSupport, double alpha) implements Serializable {
    private static final int DEEPEST = 4;
    private static final int MOST = 1000;
    private static final double SMALLEST_SUPPORT = 1e-4;
    private static final double LARGEST_SUPPORT = 0.5;

    public SliceSettings {
        Require.that(depth >= 1 && depth <= DEEPEST, "depth is from 1 to " + DEEPEST + ", not " + depth);
        Require.that(top >= 0 && top <= MOST, "top is from 0 (no search) to " + MOST + ", not " + top);
        Require.that(
                minSupport >= SMALLEST_SUPPORT && minSupport <= LARGEST_SUPPORT,
                "min-support is from " + SMALLEST_SUPPORT + " to " + LARGEST_SUPPORT + ", not " + minSupport);
        Require.that(alpha > 0 && alpha <= 1, "alpha is above 0 and at most 1, not " + alpha);
    }
}
