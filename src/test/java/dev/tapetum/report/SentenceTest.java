package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.Metric;
import dev.tapetum.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SentenceTest {
    @ParameterizedTest
    @CsvSource({
        "true-positive-rate[cup] at site = B is 3 points lower, True positive rate of cup at site = B is 3 points lower.",
        "Failed: accuracy at site = B., Failed: accuracy at site = B.",
        "the loudest at night, The loudest at night.",
        "nothing to tell, Nothing to tell."
    })
    void aStatementBecomesASentenceWithItsMetricInWords(String statement, String sentence) {
        assertThat(Sentence.of(statement)).isEqualTo(sentence);
    }

    @Test
    void aVerdictTellsTheMetricInWords() {
        Gap gap = new Gap(
                Metric.named("true-positive-rate[cup]"),
                new Group("site", "B"),
                Gap.OTHERS,
                50,
                150,
                0.5,
                0.6,
                -0.1,
                0.83,
                Interval.NONE,
                0.01,
                0.02,
                0.1,
                -0.2);
        Gate rule = new Gate("true-positive-rate", "site", 0.05);

        assertThat(Sentence.of(new GateVerdict(
                        rule,
                        GateStatus.FAIL,
                        "Failed: true-positive-rate[cup] at site = B is 10.0 points lower",
                        gap)))
                .isEqualTo("Failed: true positive rate of cup at site = B is 10.0 points lower.");
        assertThat(Sentence.of(new GateVerdict(
                        rule, GateStatus.NONE, "No verdict on true-positive-rate by site: nothing to compare.", null)))
                .isEqualTo("No verdict on true positive rate by site: nothing to compare.");
    }
}
