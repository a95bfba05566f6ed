package dev.tapetum.stats;

import java.io.Serializable;

/**
 * Two halves of the units of a run, of which one may suggest what the other then tests: a test on the units that suggested
 * it would find what they happen to have in common.
 *
 * <p>The half of a unit is a function of (seed, name) alone, so that neither the machine nor the order matters, and it is
 * independent of the unit's weights in the bootstrap. The halves are of equal size in expectation.
 *
 * @param seed of the run
 */
public record Halves(long seed) implements Serializable {
    /** Sets the draw apart from that of {@link PoissonWeights}, which goes by the bare name. */
    private static final String SALT = "half:";

    /** Whether a unit (an image, or the cluster that it belongs to) lies in the first half. */
    public boolean isFirst(String unit) {
        return StableHash.of(seed, SALT + unit) < 0;
    }
}
