package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

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
}
