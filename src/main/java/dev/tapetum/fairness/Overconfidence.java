package dev.tapetum.fairness;

/**
 * How much surer a model is than it is right: mean confidence less accuracy, both over the labelled, scored images. Positive where
 * it claims too much.
 *
 * <p>Has no gaps: it is the signed part of what {@link CalibrationError} measures, whose debiased form is compared, and telling
 * both would be telling one difference twice and paying for two tests.
 */
public record Overconfidence() implements Metric {
    @Override
    public String name() {
        return "overconfidence";
    }

    @Override
    public Family family() {
        return Family.OUTCOME;
    }

    @Override
    public Direction direction() {
        return Direction.NEITHER;
    }

    @Override
    public boolean comparable() {
        return false;
    }
}
