package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** How a feature goes along with a label, a group or errors. */
@Comment(
        "One row per feature and group of images, by a label, an attribute or errors: how much more often, and how much more, it is active there than elsewhere.")
public record FeatureAssociationRow(
        @Comment("Run that the row belongs to.") String runId,

        @Comment("Autoencoder, by the path that the plan gives.")
        String sae,

        @Comment("What groups the images: label, attribute or error.")
        AssociationKind kind,

        @Comment("Attribute that makes the group; label or error where no attribute does.")
        String attribute,

        @Comment("Value of the attribute, or the label; wrong for the images that the model gets wrong.")
        String group,

        @Comment("Index of the feature.") int feature,

        @Comment("Scored images of the group.") long n,

        @Comment("Scored images of the others: of errors the rightly predicted, of a label those with another.")
        long nReference,

        @Comment("Images of the group in which the feature is active.")
        long active,

        @Comment("Images of the others in which it is.") long activeReference,

        @Comment(
                "Probability that the feature's largest activation in an image of the group exceeds that in one of the others, ties counted half; inactive is 0.")
        double auroc,

        @Comment("Log of the ratio of the odds to be active, a half added to each of the four counts.")
        double logOdds,

        @Comment("Lower end of its interval; null where images come in clusters.") @Nullable
        Double ciLow,

        @Comment("Upper end of its interval; null where images come in clusters.") @Nullable
        Double ciHigh,

        @Comment("Level of the interval.") double confidence,

        @Comment(
                "P-value of Fisher's exact test that the group and the others are equally often active; null where images come in clusters.")
        @Nullable
        Double pValue,

        @Comment("P-value corrected over all associations of the run; null as it is.") @Nullable
        Double qValue) {
    public FeatureAssociationRow {
        requireNonNull(runId, "runId");
        requireNonNull(sae, "sae");
        requireNonNull(kind, "kind");
        requireNonNull(attribute, "attribute");
        requireNonNull(group, "group");
    }
}
