package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.job.ExitCode;
import dev.tapetum.table.Table;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TapetumTest {

    @ParameterizedTest
    @ValueSource(strings = {"demo", "plan", "audit", "sae", "sae train", "prototypes", "report", "sql", "schema"})
    void everyCommandExplainsItselfWithExamplesAndExitCodes(String command) {
        Program help = Program.run((command + " --help").split(" "));

        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .startsWith("Usage: tapetum " + command)
                .containsSubsequence("Exit codes:", "0", "2", "Examples:", "  tapetum " + command)
                // Picocli's markup must not show.
                .doesNotContain("${", "%n", "%%");
    }

    @Test
    void theHelpNamesEveryCommandAndEveryExitCode() {
        Program help = Program.run("--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("demo", "plan", "audit", "sae", "prototypes", "report", "accept", "compare", "sql", "schema");
        for (ExitCode exit : ExitCode.values()) {
            assertThat(help.out()).containsPattern("(?m)^ +" + exit.code() + " ");
        }
    }

    @Test
    void helpCallsTheProgramAsTheUserDid() {
        Program help = Program.run("", Map.of("TAPETUM_COMMAND", "../submit/tapetum"), "audit", "--help");

        assertThat(help.out()).startsWith("Usage: ../submit/tapetum audit").contains("  ../submit/tapetum audit plan");
    }

    @Test
    void theVersionsOfWhatRunsAreTold() {
        Program version = Program.run("--version");

        assertThat(version.exit()).isZero();
        assertThat(version.out()).containsPattern("Tapetum \\S+\nSpark 4\\.\\d+\\.\\d+\nJava \\d+");
    }

    @Test
    void aCommandLineWithoutACommandIsMisused() {
        Program program = Program.run();

        assertThat(program.exit()).isEqualTo(1);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).contains("Try 'tapetum --help'.");
    }

    @Test
    void aMisspeltCommandIsRecognised() {
        Program program = Program.run("audti", "plan.conf");

        assertThat(program.exit()).isEqualTo(1);
        assertThat(program.err()).contains("audti", "Did you mean", "audit");
    }

    @Test
    void anUnknownOptionIsMisuseOfItsCommand() {
        Program program = Program.run("audit", "plan.conf", "--restart");

        assertThat(program.exit()).isEqualTo(1);
        assertThat(program.err()).contains("--restart", "Try 'tapetum audit --help'.");
    }

    @Test
    void theSchemaIsTheScriptOfAllTables() {
        Program schema = Program.run("schema");

        assertThat(schema.exit()).isZero();
        assertThat(schema.out()).isEqualTo(Table.script());
    }

    @Test
    void theSchemaOfOneTableIsItsStatement() {
        assertThat(Program.run("schema", "gaps").out()).isEqualTo(Table.GAPS.ddl() + ";\n");
    }

    @Test
    void anUnknownTableIsTheUsersMistake() {
        Program program = Program.run("schema", "prediction");

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).isEqualTo("tapetum: There is no table 'prediction'; did you mean 'predictions'?\n");
    }

    @Test
    void aStackTraceIsShownOnRequestOnly() {
        assertThat(Program.run("schema", "x").err()).doesNotContain("\tat ");
        assertThat(Program.run("schema", "x", "--stacktrace").err()).contains("UserError", "\tat dev.tapetum.cli");
        assertThat(Program.run("", Map.of("TAPETUM_STACKTRACE", "1"), "schema", "x")
                        .err())
                .contains("\tat dev.tapetum.cli");
    }
}
