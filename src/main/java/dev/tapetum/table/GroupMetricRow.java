package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** One statistic of one group of images, or of them all. */
@Comment("One row per metric and group of images: the estimate, its interval and the number of images behind it.")
public record GroupMetricRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Statistic, by its text name.") String metric,

        @Comment(
                "Attribute that forms the groups, or several as in 'site × tag'; * for the whole data set, target for the class that attributions explain.")
        String attribute,

        @Comment(
                "Value of the attribute that the group shares, or several as in 'annex × yes'; * for the whole data set, and for what is said over all groups of an attribute.")
        String group,

        @Comment("Images behind the estimate.") long n,

        @Comment("Units of resampling behind the estimate, of those images; n when the data set names no clusters;"
                + " an estimate, off by some 3%, for rates of a part of the images of some hundred clusters or more, and beyond"
                + " 1,024 clusters; for rates of all images beyond 4,096, by some 1.6%.")
        long clusters,

        @Comment(
                "Estimate; null where the statistic is undefined, as for a rate of nothing, or for a relative mCE whose reference"
                        + " errs no more often under one of the corruptions than without any.")
        @Nullable
        Double value,

        @Comment("Lower end of the interval; null where there is none.") @Nullable
        Double ciLow,

        @Comment("Upper end of the interval; null where there is none.") @Nullable
        Double ciHigh,

        @Comment("Coverage that the interval aims at.") double confidence,
        @Comment("Method of the interval.") String interval) {
    /** The attribute and the group of a statistic over the whole data set. */
    public static final String WHOLE = "*";

    public GroupMetricRow {
        requireNonNull(runId, "runId");
        requireNonNull(metric, "metric");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
        requireNonNull(interval, "interval");
    }
}
