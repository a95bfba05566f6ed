package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the model said about an image: {@link PredictionRow} without what the image itself carries. Equality is by
 * component, of {@code logits} by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
public record PredictionPart(
        @Comment("Class of the largest logit.") String predicted,
        @Comment("Index of the predicted class.") int predictedIndex,

        @Comment("Whether the predicted class is the label; null without a label index.") @Nullable
        Boolean correct,

        @Comment("Softmax probability of the predicted class.")
        double confidence,

        @Comment("Softmax probability of the label; null without a label index.") @Nullable
        Double labelProbability,

        @Comment("Largest logit minus the second largest; 0 for a tie.")
        double margin,

        @Comment("Entropy of the softmax probabilities, in nats.")
        double entropy,

        @Comment("Cross-entropy of the label, in nats; null without a label index.") @Nullable
        Double loss,

        @Comment("Logits in the order of the model's classes.")
        float[] logits) {
    /**
     * @throws IllegalArgumentException when {@code logits} does not hold {@code predictedIndex}, or {@code
     *     confidence} is not a probability: logits that are not finite make a reject, never a prediction
     */
    public PredictionPart {
        requireNonNull(predicted, "predicted");

        if (predictedIndex < 0 || predictedIndex >= logits.length) {
            throw new IllegalArgumentException(
                    "Class " + predictedIndex + " is predicted from " + logits.length + " logits");
        }

        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("Confidence is no probability: " + confidence);
        }
    }
}
