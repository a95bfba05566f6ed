package dev.tapetum.stats;

/**
 * How many units that all stand for equally many images would tell as much: {@code (Σw)² / Σw²} (Kish 1965, "Survey Sampling",
 * section 11.7), where {@code w} is how many images a unit stands for, itself an image or a cluster of them.
 */
final class EffectiveUnits {

    /** Equal weights give all units, which sums of rounded numbers may miss by this share. */
    private static final double ROUNDING = 1e-12;

    private EffectiveUnits() {}

    /**
     * Kish's number, at most {@code units}; 0 without any.
     *
     * @param w Σw
     * @param ww Σw²
     */
    static double of(long units, double w, double ww) {
        return units == 0 ? 0 : Math.min((double) units, w * w / ww * (1 + ROUNDING));
    }
}
