package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How one statistic of a group differs between a run and its baseline, over the images of both. */
@Comment(
        "One row per metric and group of a run that was compared with a baseline: how the metric changed, image by image.")
public record ChangeRow(
        @Comment("Run that was compared: the candidate.") String runId,
        @Comment("Run that it was compared with.") String baseline,
        @Comment("Statistic, by its text name.") String metric,

        @Comment("Attribute that forms the groups; * for all images.")
        String attribute,

        @Comment("Value of the attribute that the group shares; * for all images.")
        String group,

        @Comment("Images that have the number in both runs.")
        long n,

        @Comment("Value over these images in the baseline; null where it is undefined.") @Nullable
        Double before,

        @Comment("Value over the same images in the candidate; null where it is undefined.") @Nullable
        Double after,

        @Comment("after minus before.") @Nullable Double difference,

        @Comment("Lower end of the interval of the difference; null where there is none.") @Nullable
        Double ciLow,

        @Comment("Upper end of the interval of the difference; null where there is none.") @Nullable
        Double ciHigh,

        @Comment("p-value of no change, never 0; null where the group is too small, and for what is only described.")
        @Nullable
        Double pValue,

        @Comment(
                "p-value corrected for all changes of one attribute that are of one kind (outcomes, interventions, features, explanations); null without a p-value.")
        @Nullable
        Double qValue,

        @Comment(
                "Smallest change that so many images would have shown, were it the only comparison; null where it is unknown.")
        @Nullable
        Double minimumDetectable,

        @Comment("Of a share, the images that belong to it in the baseline only; null for a mean.") @Nullable
        Long lost,

        @Comment("Of a share, the images that belong to it in the candidate only; null for a mean.") @Nullable
        Long gained) {
    public ChangeRow {
        requireNonNull(runId, "runId");
        requireNonNull(baseline, "baseline");
        requireNonNull(metric, "metric");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
    }
}
