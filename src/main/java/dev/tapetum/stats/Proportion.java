package dev.tapetum.stats;

/**
 * Successes out of trials. Neither need be whole: images of one cluster may count for less than one each.
 *
 * @param successes between 0 and the trials
 * @param trials at least 0
 */
public record Proportion(double successes, double trials) {
    public Proportion {
        if (!(successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException(successes + " successes out of " + trials);
        }
    }

    /** The share of successes, NaN without trials. */
    public double rate() {
        return trials == 0 ? Double.NaN : successes / trials;
    }

    /** The same share of another number of trials; without trials there are no successes either. */
    public Proportion outOf(double otherTrials) {
        return new Proportion(trials == 0 ? 0 : Math.min(otherTrials, rate() * otherTrials), otherTrials);
    }
}
