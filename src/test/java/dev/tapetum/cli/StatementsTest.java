package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementsTest {

    @Test
    void semicolonsSeparateStatementsAndTheLastNeedsNone() {
        assertThat(Statements.all(" SELECT 1;\n;  SELECT 2 ")).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void blanksAreNoStatement() {
        assertThat(Statements.all(" \n; ;")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT \";\"",
                "SELECT `a;b`",
                "SELECT 'it''s;'",
                "SELECT 'it\\';s'",
                "SELECT 1 -- one; two",
                "SELECT /* one; ' two */ 1",
                "SELECT '",
                "SELECT /* ;",
                "SELECT '\\"
            })
    void semicolonsInQuotesAndCommentsSeparateNothing(String statement) {
        assertThat(Statements.end(statement)).isEqualTo(-1);
    }

    @Test
    void aStatementGoesOnAfterQuotesAndComments() {
        assertThat(Statements.all("SELECT ';' /*;*/, `\\`; -- x;\nSELECT 2"))
                .containsExactly("SELECT ';' /*;*/, `\\`", "-- x;\nSELECT 2");
    }
}
