package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final GroupLayout LAYOUT =
            new GroupLayout(List.of("site"), List.of("cat", "dog"), false, false, List.of(34));

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
                        "overconfidence",
                        "balanced-accuracy",
                        "false-positive-rate.macro",
                        "generalised-entropy",
                        "theil",
                        "worst-group-accuracy",
                        "selection-rate[dog]",
                        "true-positive-rate[dog]",
                        "false-positive-rate[dog]",
                        "precision[dog]",
                        "generalised-entropy[dog]",
                        "theil[dog]",
                        "demographic-parity-difference[dog]",
                        "demographic-parity-ratio[dog]",
                        "equal-opportunity-difference[dog]",
                        "equalised-odds-difference[dog]",
                        "feature-frequency[34]",
                        "attribution.gini.mean[saliency()]",
                        "attribution.gini.spread[saliency()]",
                        "margin.mean",
                        "margin.spread");
    }

    @Test
    void familiesKeepTheFewAndImportantApartFromTheMany() {
        assertThat(Metric.all(LAYOUT, List.of(0), List.of("margin")).stream()
                        .filter(Metric::comparable)
                        .filter(Metric::isOfGroup))
                .extracting(Metric::name, Metric::family)
                .containsExactly(
                        tuple("accuracy", Family.OUTCOME),
                        tuple("reject-rate", Family.OUTCOME),
                        tuple("confidence", Family.OUTCOME),
                        tuple("confidence.spread", Family.OUTCOME),
                        tuple("calibration-error-debiased", Family.OUTCOME),
                        tuple("selection-rate[cat]", Family.CLASS_RATE),
                        tuple("true-positive-rate[cat]", Family.CLASS_RATE),
                        tuple("false-positive-rate[cat]", Family.CLASS_RATE),
                        tuple("precision[cat]", Family.CLASS_RATE),
                        tuple("feature-frequency[34]", Family.FEATURE),
                        tuple("margin.mean", Family.EXPLANATION),
                        tuple("margin.spread", Family.EXPLANATION));
    }

    @Test
    void withoutAttributesThereIsNothingOverAllGroupsOfOne() {
        GroupLayout none = new GroupLayout(List.of(), List.of("cat", "dog"), false);

        assertThat(Metric.all(none, List.of(0), List.of())).allMatch(Metric::isOfGroup);
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
