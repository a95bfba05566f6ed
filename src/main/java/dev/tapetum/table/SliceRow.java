package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A subgroup that a search found. */
@Comment(
        "One row per subgroup that was found to have many errors in one half of the labelled images; its numbers are those of the other half, unless their names begin with search.")
public record SliceRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Place by the score of the search, from 1.")
        int rank,

        @Comment("What the images of the subgroup have in common, in words.")
        String predicate,

        @Comment(
                "SQL over predictions that returns the labelled images of the subgroup, of both halves; a condition on a feature goes by feature_activations, which has the strongest sae.top features of an image.")
        String query,

        @Comment("Conditions of the predicate.") int depth,

        @Comment("Labelled images of the subgroup in the half that was not searched.")
        long n,

        @Comment("Independent units from which those come: clusters where the data set names them, else images.")
        long clusters,

        @Comment("Statistic, by its text name: error-rate, the share of labelled images that are predicted wrong.")
        String metric,

        @Comment("Statistic of the subgroup, in the half that was not searched; null without images.") @Nullable
        Double value,

        @Comment("Statistic of all labelled images of that half; null without images.") @Nullable
        Double overall,

        @Comment("Value minus the statistic of all other labelled images of that half; null where either is undefined.")
        @Nullable
        Double difference,

        @Comment("Lower end of the interval of the difference; null where there is none.") @Nullable
        Double ciLow,

        @Comment("Upper end of the interval of the difference; null where there is none.") @Nullable
        Double ciHigh,

        @Comment("p-value of no difference, never 0; null where the subgroup is too small for a verdict.") @Nullable
        Double pValue,

        @Comment("p-value corrected for all subgroups of the run; null without a p-value.") @Nullable
        Double qValue,

        @Comment("Whether the statistic is higher than elsewhere with a q-value that counts as established.")
        boolean confirmed,

        @Comment(
                "Score of the search: alpha times the relative excess of the error, less 1 - alpha times the relative lack of size.")
        double score,

        @Comment("Labelled images of the subgroup in the half that was searched.")
        long searchN,

        @Comment("Statistic of those; higher than the truth on average, since it was chosen for it.")
        double searchValue) {
    public SliceRow {
        requireNonNull(runId, "runId");
        requireNonNull(predicate, "predicate");
        requireNonNull(query, "query");
        requireNonNull(metric, "metric");
    }
}
