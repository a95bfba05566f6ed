package dev.tapetum.attributionmetric;

/**
 * How far an attribution is from adding up to what it ought to, relative to that: 0 is complete.
 *
 * <p>{@code |Σ a − T| / max(|T|, floor)}, with T what the method promises, {@code F(x) − F(x')} for one with a baseline.
 * Sundararajan, Taly and Yan 2017 (arXiv 1703.01365, section 3: completeness). NaN for a method that promises no total.
 *
 * @param floor smallest total, in logits, to which the error is relative
 */
public record Completeness(double floor) implements MapMetric {

    public Completeness {
        if (!(floor > 0)) {
            throw new IllegalArgumentException("floor is in logits and above zero, not " + floor);
        }
    }

    @Override
    public double value(Explanation explanation) {
        double error = explanation.attribution().completenessDelta();
        double promised = explanation.attribution().values().sum() - error;
        return Math.abs(error) / Math.max(Math.abs(promised), floor);
    }
}
