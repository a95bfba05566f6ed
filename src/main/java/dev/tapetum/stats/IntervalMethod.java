package dev.tapetum.stats;

/** How an interval was made; the text stands in the {@code interval} column of the tables. */
public enum IntervalMethod {
    /** Bias-corrected and accelerated bootstrap of a contingency table, {@link ContingencyBootstrap}. */
    CONTINGENCY_BCA("contingency-bca"),
    /** Percentile interval of the Poisson bootstrap, {@link BootstrapDistribution#percentile}. */
    POISSON_PERCENTILE("poisson-percentile"),
    /** Basic (reflected) interval of the Poisson bootstrap, {@link BootstrapDistribution#basic}. */
    POISSON_BASIC("poisson-basic"),
    /** Wilson's score interval, for tables with too few successes or failures to resample, {@link ScoreInterval}. */
    WILSON("wilson"),
    /** Newcombe's hybrid score interval of a difference, for the same tables, {@link ScoreInterval}. */
    NEWCOMBE("newcombe"),
    /** Newcombe's hybrid score interval of a difference of paired rates, {@link ScoreInterval#newcombePaired}. */
    NEWCOMBE_PAIRED("newcombe-paired"),
    /** Student's interval of a mean of independent units, {@link WeightedMean}. */
    STUDENT("student"),
    /** Student's interval with the standard error of the Poisson bootstrap, {@link CalibrationBins#debiasedInterval}. */
    POISSON_STUDENT("poisson-student"),
    /** Woolf's interval of a log odds ratio, {@link LogOdds}. */
    WOOLF("woolf"),
    /** Bounds of the distance to the best group, {@link ComparisonWithBest}. */
    BEST("comparison-with-best"),
    /** Bounds that hold for several estimates at once, for an extreme of them. */
    SIMULTANEOUS("simultaneous"),
    /** Read back from a table that does not keep how its intervals were made; never written. */
    UNRECORDED("unrecorded"),
    /** No interval: the value is undefined, or too few units to say anything. */
    NONE("none");

    private final String text;

    IntervalMethod(String text) {
        this.text = text;
    }

    /** The text of the {@code interval} column. */
    public String text() {
        return text;
    }
}
