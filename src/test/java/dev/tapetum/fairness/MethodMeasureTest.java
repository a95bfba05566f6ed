package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MethodMeasureTest {
    private static final List<MethodMeasure> EXAMPLES = List.of(
            new MethodMeasure("gini", "saliency", ""),
            new MethodMeasure("gini", "saliency(abs=false)", ""),
            new MethodMeasure("top-k", "xrai(of=[saliency(abs=true),grad-cam(tap=last)],scales=[5,9])", ""),
            new MethodMeasure(
                    "top-k", "grad-cam(tap=\"a, b\")", "top-k(k=0.02,perturbation=sign(epsilon=0.1),samples=3)"));

    @Test
    void aNameReadsBack() {
        for (MethodMeasure example : EXAMPLES) {
            assertThat(MethodMeasure.of(example.summary())).isEqualTo(example);
            assertThat(MethodMeasure.named(example.mean())).isEqualTo(example);
            assertThat(MethodMeasure.of(Metric.named(example.mean()))).isEqualTo(example);
        }
    }

    @Test
    void theParametersOfTheMetricComeLast() {
        MethodMeasure ambiguous = new MethodMeasure("agreement", "saliency", "agreement(correlation=kendall)");

        assertThat(ambiguous.summary()).isEqualTo("attribution.agreement[saliency, agreement(correlation=kendall)]");
        assertThat(ambiguous.mean()).isEqualTo("attribution.agreement.mean[saliency, agreement(correlation=kendall)]");
    }

    @Test
    void whatIsNotOfExplanationsHasNone() {
        assertThat(MethodMeasure.of(Rate.accuracy())).isNull();
        assertThat(MethodMeasure.of(Metric.named("confidence"))).isNull();
        assertThat(MethodMeasure.named("selection-rate[attribution]")).isNull();
        assertThat(MethodMeasure.named("attribution.gini[saliency]")).isNull();
    }
}
