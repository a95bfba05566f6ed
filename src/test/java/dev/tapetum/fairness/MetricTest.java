package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final GroupLayout LAYOUT =
            new GroupLayout(List.of(), List.of("cat", "dog"), false, false, List.of(34));

    @Test
    void namesAreTheDocumentedOnesInThisOrder() {
        assertThat(Metric.all(LAYOUT, List.of(1), List.of("attribution.gini[saliency()]", "margin")))
                .extracting(Metric::name)
                .containsExactly(
                        "accuracy",
                        "reject-rate",
                        "confidence",
                        "confidence.spread",
                        "calibration-error",
                        "calibration-error-debiased",
                        "selection-rate[dog]",
                        "true-positive-rate[dog]",
                        "false-positive-rate[dog]",
                        "feature-frequency[34]",
                        "attribution.gini.mean[saliency()]",
                        "attribution.gini.spread[saliency()]",
                        "margin.mean",
                        "margin.spread");
    }

    @Test
    void familiesKeepTheFewAndImportantApartFromTheMany() {
        assertThat(Metric.all(LAYOUT, List.of(0), List.of("margin")))
                .extracting(Metric::family)
                .containsExactly(
                        Family.OUTCOME,
                        Family.OUTCOME,
                        Family.OUTCOME,
                        Family.OUTCOME,
                        Family.OUTCOME,
                        Family.OUTCOME,
                        Family.CLASS_RATE,
                        Family.CLASS_RATE,
                        Family.CLASS_RATE,
                        Family.FEATURE,
                        Family.EXPLANATION,
                        Family.EXPLANATION);
    }

    @Test
    void aNameTellsWhatItsMetricIs() {
        for (Metric metric : Metric.all(LAYOUT, List.of(0, 1), List.of("attribution.gini[noise(of=[1])]", "margin"))) {
            Metric named = Metric.named(metric.name());

            assertThat(named).as(metric.name()).hasSameClassAs(metric);
            assertThat(named.name()).isEqualTo(metric.name());
            assertThat(named.family()).as(metric.name()).isEqualTo(metric.family());
            assertThat(named.direction()).as(metric.name()).isEqualTo(metric.direction());
            assertThat(named.comparable()).as(metric.name()).isEqualTo(metric.comparable());
        }

        assertThatThrownBy(() -> Metric.named("sharpness[left]")).hasMessage("There is no metric sharpness[left]");
    }
}
