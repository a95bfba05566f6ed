package dev.tapetum.fairness;

/**
 * The calibration error of a group, {@link dev.tapetum.stats.CalibrationBins}.
 *
 * @param debiased whether the sampling noise of each bin is taken off, which comparing groups of different size needs
 */
public record CalibrationError(boolean debiased) implements Metric {
    @Override
    public String name() {
        return debiased ? "calibration-error-debiased" : "calibration-error";
    }

    @Override
    public Family family() {
        return Family.OUTCOME;
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }
}
