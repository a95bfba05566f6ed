package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.Metric;
import dev.tapetum.report.MetricName.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricNameTest {
    @Test
    void everyMetricOfARunIsKnownAndBetterOnTheSameSide() {
        GroupLayout layout = new GroupLayout(List.of("site"), List.of("cup"), false, false, List.of(34));

        for (Metric metric : Metric.all(
                layout,
                List.of(0),
                List.of(
                        "attribution.gini[saliency()]",
                        "attribution.completeness-error[integrated-gradients]",
                        "property.expected-gradient[stamp, cup]",
                        "property.signed-gradient[stamp, *]",
                        "corruption.error[fog]",
                        "corruption.clean-error",
                        "corruption.mce",
                        "corruption.relative-mce"))) {
            MetricName name = MetricName.of(metric.name());

            assertThat(name.meaning()).as(metric.name()).isNotEmpty();
            assertThat(name.direction()).as(metric.name()).isEqualTo(metric.direction());
            assertThat(name.percent())
                    .as(metric.name())
                    .isEqualTo(name.section() != Section.EXPLANATIONS
                            && name.section() != Section.INTERVENTIONS
                            && !metric.name().matches("(generalised-entropy|theil)(\\[cup])?"));
        }
    }

    @Test
    void classesFeaturesAndMethodsAreNamedInWords() {
        assertThat(MetricName.of("feature-frequency[34]").title()).isEqualTo("Frequency of feature 34");
        assertThat(MetricName.of("feature-frequency[34]").section()).isEqualTo(Section.FEATURES);
        assertThat(MetricName.of("true-positive-rate[cup]").title()).isEqualTo("True positive rate of cup");
        assertThat(MetricName.of("attribution.mask_share.mean[smooth-grad(samples=[1,2])]")
                        .title())
                .isEqualTo("Mean mask share of smooth-grad(samples=[1,2])");
        assertThat(MetricName.of("attribution.gini.spread[saliency()]").title())
                .isEqualTo("Spread of Gini index of saliency()");
    }

    @Test
    void anUnknownNameIsShownAsItIs() {
        MetricName name = MetricName.of("sharpness[left]");

        assertThat(name.title()).isEqualTo("sharpness of left");
        assertThat(name.section()).isEqualTo(Section.EXPLANATIONS);
        assertThat(name.meaning()).isEmpty();
    }

    @Test
    void sharesAreToldInPercentAndTheirDifferencesInPoints() {
        MetricName accuracy = MetricName.of("accuracy");

        assertThat(accuracy.value(0.853)).isEqualTo("85.3%");
        assertThat(accuracy.difference(-0.142)).isEqualTo("−14.2 points");
        assertThat(accuracy.range(0.8, 0.9)).isEqualTo("80.0% to 90.0%");
        assertThat(accuracy.differenceRange(-0.173, -0.11)).isEqualTo("−17.3 to −11.0");
        assertThat(accuracy.difference(Double.NaN)).isEqualTo("–");
        assertThat(accuracy.range(Double.NaN, Double.NaN)).isEqualTo("–");
    }

    @Test
    void metricsOfCorruptionsHaveASectionOfTheirOwn() {
        MetricName mce = MetricName.of("corruption.mce.mean");
        MetricName error = MetricName.of("corruption.error.mean[fog]");

        assertThat(mce.title()).isEqualTo("mCE");
        assertThat(mce.section()).isEqualTo(Section.CORRUPTIONS);
        assertThat(mce.value(0.843)).isEqualTo("84.3%");
        assertThat(mce.better(-0.1)).isTrue();
        assertThat(error.title()).isEqualTo("Error under corruption of fog");
        assertThat(MetricName.of("corruption.error.spread[fog]").title())
                .isEqualTo("Spread of error under corruption of fog");
        assertThat(MetricName.of("corruption.error.spread[fog]").better(-0.1)).isFalse();
    }
}
