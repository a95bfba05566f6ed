package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.table.RunRows;
import dev.tapetum.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
final class SqlCommandTest {
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    @TempDir
    private static Path out;

    @BeforeAll
    static void writeTwoRuns(SparkSession spark) {
        Table.RUNS.write(spark, List.of(RunRows.complete("monday", START)), out.toString(), "monday");
        Table.RUNS.write(
                spark, List.of(RunRows.complete("tuesday", START.plusSeconds(86_400))), out.toString(), "tuesday");
    }

    private static Program sql(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "sql";
        all[1] = out.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.run(all);
    }

    @Test
    void aStatementSeesTheLatestRun() {
        Program program = sql("SELECT run_id, images_ok FROM runs");

        assertThat(program.err()).isEmpty();
        assertThat(program.exit()).isZero();
        assertThat(program.out()).isEqualTo("""
                run_id   images_ok
                -------  ---------
                tuesday          2
                """);
    }

    @Test
    void anotherRunCanBeShown() {
        assertThat(sql("SELECT run_id FROM runs", "--run", "monday").out()).endsWith("\nmonday\n");
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        assertThat(sql("--csv", "SELECT run_id, 'with, comma' AS message, NULL AS n FROM all_runs ORDER BY 1")
                        .out())
                .isEqualTo("run_id,message,n\nmonday,\"with, comma\",\ntuesday,\"with, comma\",\n");
    }

    @Test
    void arraysMapsBytesAndTwinNamesAreShown() {
        assertThat(sql("SELECT array(1, 2) AS a, map('k', 1.5) AS a, CAST('xyz' AS BINARY) AS `b.c`")
                        .out())
                .endsWith("\n[1, 2]  {k -> 1.5}  3 bytes\n");
    }

    @Test
    void fractionsAreRoundedForPeopleOnly() {
        String third = "SELECT 1 / 3D AS third, 2e10D AS large, CAST('NaN' AS DOUBLE) AS none, NULL AS absent";

        assertThat(sql(third).out().lines().skip(2)).singleElement().asString().matches("0\\.333333 +2E10 +NaN +null");
        assertThat(sql("--csv", third).out()).endsWith("\n0.3333333333333333,2.0E10,NaN,\n");
    }

    @Test
    void rowsBeyondTheLimitAreAnnounced() {
        Program program = sql("--rows", "2", "SELECT explode(sequence(1, 3)) AS x");

        assertThat(program.out()).isEqualTo("x\n-\n1\n2\n");
        assertThat(program.err()).contains("more rows");
    }

    @Test
    void severalStatementsRunOneAfterTheOther() {
        assertThat(sql("SELECT 1 AS a; SELECT 2 AS b").out()).isEqualTo("a\n-\n1\nb\n-\n2\n");
    }

    @Test
    void statementsAreReadFromStandardInput() {
        Program program = Program.run("SELECT\n1 AS a; SELECT 2 AS b", Map.of(), "sql", out.toString());

        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEqualTo("a\n-\n1\nb\n-\n2\n");
    }

    @Test
    void aPersonSeesTheViewsAndMayGoOnAfterAMistake() {
        Program program = Program.run(
                "SELECT x FROM runs;\nSELECT 2\nAS b;\n", Map.of("TAPETUM_INTERACTIVE", "1"), "sql", out.toString());

        assertThat(program.exit()).isZero();
        assertThat(program.err())
                .contains("Views of run tuesday", "predictions: ", "image_id", "sql> ", "...> ", "UNRESOLVED_COLUMN");
        assertThat(program.out()).isEqualTo("b\n-\n2\n");
    }

    @Test
    void aScriptStopsAtAMistake() {
        Program program = Program.run("SELECT x FROM runs; SELECT 2;", Map.of(), "sql", out.toString());

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
        assertThat(program.err().lines()).hasSize(1);
    }

    @Test
    void wrongSqlIsTheUsersMistakeInOneLine() {
        Program program = sql("SELEKT 1");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).startsWith("tapetum: [PARSE_SYNTAX_ERROR]").contains("SELEKT");
        assertThat(program.err().lines()).hasSize(1);
    }

    @Test
    void whatCannotBeComputedIsTheUsersMistakeInOneLine() {
        Program program = sql("SELECT images_ok / (images_ok - 2) FROM runs");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).startsWith("tapetum: [DIVIDE_BY_ZERO]");
        assertThat(program.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT (SELECT run_id FROM all_runs) AS one;                     SCALAR_SUBQUERY_TOO_MANY_ROWS
            SELECT run_id FROM runs WHERE images_ok > (SELECT 1 / (images_ok - 2) FROM runs); DIVIDE_BY_ZERO
            SELECT map_from_arrays(array(1, 1), array(run_id, run_id)) FROM runs;    DUPLICATED_MAP_KEY
            SELECT raise_error(run_id) FROM runs;                            USER_RAISED_EXCEPTION
            """)
    void soIsWhatTurnsOutWhileItRuns(String statement, String condition) {
        Program program = sql(statement);

        assertThat(program.exit()).as(program.err()).isEqualTo(2);
        assertThat(program.err()).startsWith("tapetum: [" + condition);
    }

    @Test
    void anOutputWithoutRunsIsTheUsersMistake() {
        Program program = Program.run("sql", out.resolve("nothing").toString(), "SELECT 1");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).startsWith("tapetum: There are no runs in ");
    }

    @Test
    void anUnknownRunIsAnsweredWithTheKnownOnes() {
        Program program = sql("SELECT 1", "--run", "sunday");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).endsWith("its runs are tuesday, monday\n");
    }
}
