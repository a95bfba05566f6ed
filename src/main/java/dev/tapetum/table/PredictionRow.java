package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model said about one image. Equality of rows is by component, of {@code logits} by identity. */
@SuppressWarnings("ArrayRecordComponent")
@Comment("One row per scored image: what the model predicted, and how sure it was.")
public record PredictionRow(
        @Comment("Run that the row belongs to.") String runId,
        @Comment("Image, unique within the data set.") String imageId,

        @Comment("Label as the data set gives it; null when it gives none.") @Nullable
        String label,

        @Comment(
                "Index of the label among the model's classes; null without a label or when the model lacks the class.")
        @Nullable
        Integer labelIndex,

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
        float[] logits,

        @Comment("Attributes by name, so that statistics by group need no join.")
        Map<String, String> attributes) {
    public PredictionRow {
        requireNonNull(runId, "runId");
        requireNonNull(imageId, "imageId");
        requireNonNull(predicted, "predicted");
        requireNonNull(logits, "logits");
        attributes = Attributes.sorted(attributes);
    }
}
