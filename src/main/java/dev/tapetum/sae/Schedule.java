package dev.tapetum.sae;

/**
 * What changes from step to step: the learning rate grows linearly over the warm-up and then falls to zero along half a cosine
 * (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5); the penalty grows alongside and stays.
 *
 * @param learningRate the largest one
 * @param warmUp steps of growth
 * @param steps in all, more than the warm-up's
 */
public record Schedule(double learningRate, int warmUp, long steps) {

    public Schedule {
        if (steps <= warmUp) {
            throw new IllegalArgumentException(steps + " steps are not more than the warm-up's " + warmUp);
        }
    }

    /** The learning rate of a step, counted from 0. */
    public double learningRate(long step) {
        if (step < warmUp) {
            return learningRate * penalty(step);
        }

        double done = (double) (step - warmUp) / (steps - warmUp);
        return learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
    }

    /** What the objective's penalty is multiplied by in a step, counted from 0: {@code min(1, (step + 1) / warmUp)}. */
    public double penalty(long step) {
        return step < warmUp ? (step + 1.0) / warmUp : 1;
    }
}
