package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one audit learnt about one image: the row that the device work writes, and that every per-image table is
 * derived from without the model ({@link EvidenceTables}).
 */
@Comment("One row per image of the data set: everything that the audit learnt about it.")
public record EvidenceRow(
        @Comment("Image, unique within the data set.") String imageId,
        @Comment("Where the image was read from.") String uri,

        @Comment("Shard of the data set that the image fell into.")
        int shard,

        @Comment("Label as the data set gives it; null when it gives none.") @Nullable
        String label,

        @Comment(
                "Index of the label among the model's classes; null without a label or when the model lacks the class.")
        @Nullable
        Integer labelIndex,

        @Comment("Attributes by name; one that the data set leaves empty is absent.")
        Map<String, String> attributes,

        @Comment("Unit of resampling, such as a patient or video; null when the data set names none.") @Nullable
        String cluster,

        @Comment("What decoding told; null when the image was not decoded.") @Nullable
        DecodedPart decoded,

        @Comment("Why the image was rejected; null when it was scored.") @Nullable
        RejectPart reject,

        @Comment("What the model said; null when the image was rejected.") @Nullable
        PredictionPart prediction,

        @Comment("What each method said, in the order of the plan.")
        List<AttributionPart> attributions,

        @Comment(
                "What each editor's intervention told, in the order of the plan; none when the image was not drawn for them.")
        List<InterventionPart> interventions,

        @Comment(
                "The features that are active in the image; null without an autoencoder, and when the image was rejected.")
        @Nullable
        FeaturesPart features,

        @Comment(
                "What was said with features set to values, in the order of the plan; none when the image was not drawn for interventions.")
        List<FeatureEffectPart> featureEffects,

        @Comment("Forward evaluations that the analyses asked for.")
        long forwardAsked,

        @Comment("Forward evaluations made: shared probes are answered once.")
        long forwardEvaluations,

        @Comment("Gradient evaluations that the analyses asked for.")
        long gradientAsked,

        @Comment("Gradient evaluations made: shared probes are answered once.")
        long gradientEvaluations) {
    /**
     * @throws IllegalArgumentException unless exactly one of {@code reject} and {@code prediction} is
     *     present, and when there is a prediction of an image that was not decoded, or an attribution,
     *     intervention or feature of one that was not predicted
     */
    public EvidenceRow {
        requireNonNull(imageId, "imageId");
        requireNonNull(uri, "uri");
        attributes = Attributes.sorted(attributes);
        attributions = List.copyOf(attributions);
        interventions = List.copyOf(interventions);
        featureEffects = List.copyOf(featureEffects);

        if ((reject == null) == (prediction == null)) {
            throw new IllegalArgumentException("Image " + imageId + " must be either rejected or predicted, and is "
                    + (reject == null ? "neither" : "both"));
        }

        if (prediction != null && decoded == null) {
            throw new IllegalArgumentException("Image " + imageId + " was predicted without having been decoded");
        }

        if (prediction == null && !attributions.isEmpty()) {
            throw new IllegalArgumentException("Image " + imageId + " was rejected but has attributions");
        }

        if (prediction == null && !interventions.isEmpty()) {
            throw new IllegalArgumentException("Image " + imageId + " was rejected but has interventions");
        }

        if (prediction == null && features != null) {
            throw new IllegalArgumentException("Image " + imageId + " was rejected but has features");
        }
    }
}
