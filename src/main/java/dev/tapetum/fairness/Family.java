package dev.tapetum.fairness;

/**
 * What a metric is about. The tests of one attribute and one family are corrected together: a user reads them together,
 * and hundreds of explanation statistics must not drown the question whether accuracy differs.
 */
public enum Family {
    /** Accuracy, confidence, calibration and rejects: few, and what a gate asks first. */
    OUTCOME,
    /** Selection, true and false positive rate of each class. */
    CLASS_RATE,
    /** Means of what interventions tell. */
    INTERVENTION,
    /** How often features of an autoencoder are active. */
    FEATURE,
    /** Means and spreads of the summaries of explanations. */
    EXPLANATION
}
