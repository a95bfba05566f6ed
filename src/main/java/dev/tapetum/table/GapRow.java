package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How one statistic of a group differs from that of its reference. */
@Comment("One row per metric and group: its difference from the reference, tested.")
public record GapRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Statistic, by its text name.") String metric,

        @Comment("Attribute that forms the groups, or several as in 'site × tag'.")
        String attribute,

        @Comment("Value of the attribute that the group shares, or several as in 'annex × yes'.")
        String group,

        @Comment(
                "Whom the group is compared with: others, the value of a group, or 'best: ' and the value of the best group.")
        String reference,

        @Comment("Images behind the group's estimate.") long n,
        @Comment("Images behind the reference's estimate.") long nReference,

        @Comment("Estimate of the group minus that of the reference; null where either is undefined.") @Nullable
        Double difference,

        @Comment("Estimate of the group over that of the reference; null where either is undefined or the latter is 0.")
        @Nullable
        Double ratio,

        @Comment("Lower end of the interval of the difference; null where there is none.") @Nullable
        Double ciLow,

        @Comment("Upper end of the interval of the difference; null where there is none.") @Nullable
        Double ciHigh,

        @Comment(
                "p-value of no difference, against the best group of no other being better, never 0; null where the group is too small for a verdict.")
        @Nullable
        Double pValue,

        @Comment(
                "p-value corrected for all comparisons of one attribute that are of one kind (outcomes, rates by class, interventions, features, explanations); null without a p-value.")
        @Nullable
        Double qValue,

        @Comment(
                "Smallest difference that samples of these sizes would have detected, were it the only comparison; null where it is unknown.")
        @Nullable
        Double minimumDetectable) {
    public GapRow {
        requireNonNull(runId, "runId");
        requireNonNull(metric, "metric");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
        requireNonNull(reference, "reference");
    }
}
