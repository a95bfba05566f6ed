package dev.tapetum.fairness;

import dev.tapetum.stats.Interval;

/**
 * A subgroup in which the model errs more than elsewhere: searched on one half of the labelled images and measured on the
 * other. Numbers that do not exist are NaN, which tables store as null.
 *
 * @param rank 1 for the highest score of the search
 * @param predicate what its images have in common, such as {@code site = annex ∧ predicted = mug}
 * @param query the SQL that returns its images, of both halves
 * @param depth how many conditions the predicate has
 * @param n its labelled images in the half that the search did not see
 * @param clusters from how many independent units those come
 * @param value the share of them that is predicted wrong
 * @param overall the same share over all labelled images of that half
 * @param difference value less the share among all other images of that half
 * @param interval the interval of the difference; none below {@code min-group}
 * @param pValue the p-value of "no difference", two-sided, never zero; NaN below {@code min-group}
 * @param qValue the p-value corrected over the slices of the run, {@link dev.tapetum.stats.FalseDiscoveryRate}
 * @param confirmed whether the error is higher than elsewhere with a q-value that counts as established
 * @param score what the search ranked it by
 * @param searchN its labelled images in the half that was searched
 * @param searchValue the share of those that is predicted wrong: higher than the truth on average, since it was chosen for it
 */
public record Slice(
        int rank,
        String predicate,
        String query,
        int depth,
        long n,
        long clusters,
        double value,
        double overall,
        double difference,
        Interval interval,
        double pValue,
        double qValue,
        boolean confirmed,
        double score,
        long searchN,
        double searchValue) {
    /** The text of the {@code metric} column: the share of labelled, scored images that are predicted wrong. */
    public static final String METRIC = "error-rate";
}
