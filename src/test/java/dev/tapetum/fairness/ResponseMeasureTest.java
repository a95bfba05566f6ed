package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseMeasureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "property.expected-gradient[stamp, mug]",
                "property.flip-rate[stamp(name=\"a, b\",from=0), *]",
                "property.signed-gradient[hue, a class, with a comma]",
                "corruption.error[fog]",
                "corruption.clean-error",
                "corruption.mce"
            })
    void theNameIsReadAsItIsWritten(String summary) {
        ResponseMeasure measure = ResponseMeasure.of(summary);

        assertThat(measure).isNotNull();
        assertThat(measure.summary()).isEqualTo(summary);
        Metric metric = Metric.named(measure.mean());
        assertThat(metric.family()).isEqualTo(Family.INTERVENTION);
        assertThat(ResponseMeasure.of(metric)).isEqualTo(measure);
        assertThat(metric.direction())
                .isEqualTo(summary.startsWith("corruption") ? Direction.LOWER_IS_BETTER : Direction.NEITHER);
    }

    @Test
    void itsPartsAreEditorAndClass() {
        assertThat(ResponseMeasure.of("property.expected-gradient[stamp, mug]"))
                .isEqualTo(ResponseMeasure.ofProperty(ResponseMeasure.EXPECTED_GRADIENT, "stamp", "mug"));
        String text = "stamp(name=\"a, \\\"b\\\", c\",from=0)";
        assertThat(ResponseMeasure.of("property.flip-rate[" + text + ", a class, with a comma]"))
                .isEqualTo(ResponseMeasure.ofProperty(ResponseMeasure.FLIP_RATE, text, "a class, with a comma"));
        assertThat(ResponseMeasure.of("attribution.gini[saliency]")).isNull();
    }
}
