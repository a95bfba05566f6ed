package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
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
        Evidence evidence =
                new Evidence("true-positive-rate[cup]", new Group("site", "B"), 50, -0.1, Interval.NONE, 0.02);
        Gate rule = new Gate("true-positive-rate", "site", 0.05);

        assertThat(Sentence.of(new GateVerdict(
                        rule,
                        GateStatus.FAIL,
                        "Failed: true-positive-rate[cup] at site = B is 10.0 points lower",
                        evidence)))
                .isEqualTo("Failed: true positive rate of cup at site = B is 10.0 points lower.");
        assertThat(Sentence.of(new GateVerdict(
                        rule,
                        GateStatus.UNDECIDED,
                        "No verdict on true-positive-rate by site: nothing to compare.",
                        null)))
                .isEqualTo("No verdict on true positive rate by site: nothing to compare.");
        assertThat(Sentence.of(new GateVerdict(
                        rule, GateStatus.FAIL, "Failed: true-positive-rate: there is no such metric.", null)))
                .isEqualTo("Failed: true positive rate: there is no such metric.");
    }
}
