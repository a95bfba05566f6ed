package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceRowTest {
    private static final DecodedPart DECODED = SampleEvidence.DECODED;
    private static final PredictionPart PREDICTION = SampleEvidence.PREDICTION;
    private static final RejectPart REJECT = SampleEvidence.REJECT;

    @Test
    void anImageIsEitherRejectedOrPredicted() {
        assertThatThrownBy(() -> SampleEvidence.row("x", DECODED, null, null, List.of()))
                .hasMessage("Image x must be either rejected or predicted, and is neither");
        assertThatThrownBy(() -> SampleEvidence.row("x", DECODED, REJECT, PREDICTION, List.of()))
                .hasMessage("Image x must be either rejected or predicted, and is both");
    }

    @Test
    void onlyADecodedImageCanBePredicted() {
        assertThatThrownBy(() -> SampleEvidence.row("x", null, null, PREDICTION, List.of()))
                .hasMessage("Image x was predicted without having been decoded");
    }

    @Test
    void onlyAPredictedImageCanHaveAttributions() {
        List<AttributionPart> attributions = List.of(SampleEvidence.attribution("saliency"));

        assertThatThrownBy(() -> SampleEvidence.row("x", DECODED, REJECT, null, attributions))
                .hasMessage("Image x was rejected but has attributions");
    }

    @Test
    void reasonsAreInKebabCase() {
        assertThat(REJECT.reason()).isEqualTo("too-many-pixels");
    }

    @Test
    void attributesAreOrderedByNameAndWithoutNulls() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("vendor", "a");
        given.put("site", "b");

        assertThat(Attributes.sorted(given)).containsExactly(Map.entry("site", "b"), Map.entry("vendor", "a"));

        given.put("age", null);
        assertThatThrownBy(() -> Attributes.sorted(given)).hasMessage("value of attribute age");
    }

    @Test
    void aPredictionNeedsItsLogitAndAProbability() {
        assertThatThrownBy(() -> prediction(2, 0.5)).hasMessage("Class 2 is predicted from 2 logits");
        assertThatThrownBy(() -> prediction(-1, 0.5)).hasMessage("Class -1 is predicted from 2 logits");
        assertThatThrownBy(() -> prediction(1, Double.NaN)).hasMessage("Confidence is no probability: NaN");
        assertThatThrownBy(() -> prediction(1, 1.5)).hasMessage("Confidence is no probability: 1.5");
    }

    private static PredictionPart prediction(int index, double confidence) {
        return new PredictionPart("cat", index, null, confidence, null, 0, 0, null, new float[2]);
    }
}
