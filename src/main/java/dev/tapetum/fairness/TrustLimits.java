package dev.tapetum.fairness;

import java.io.Serializable;

/**
 * When the maps of a method are no evidence: the block {@code attribution.trust} of a plan.
 *
 * @param maxRandomisedSimilarity the largest mean rank correlation allowed between the maps and those of the randomised
 *     model, from −1 to 1
 * @param maxCompletenessError the largest mean relative error of completeness allowed, at least 0
 * @param required whether a method that was not tested, or whose test is undecided, is no evidence either
 */
public record TrustLimits(double maxRandomisedSimilarity, double maxCompletenessError, boolean required)
        implements Serializable {
    public TrustLimits {
        if (!(maxRandomisedSimilarity >= -1 && maxRandomisedSimilarity <= 1)) {
            throw new IllegalArgumentException("max-randomised-similarity is a rank correlation and lies between -1 and"
                    + " 1, but is " + maxRandomisedSimilarity);
        }

        if (!(maxCompletenessError >= 0)) {
            throw new IllegalArgumentException(
                    "max-completeness-error must be at least 0, but is " + maxCompletenessError);
        }
    }
}
