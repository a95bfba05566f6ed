package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.job.ExitCode;
import dev.tapetum.spec.Nearest;
import dev.tapetum.table.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tapetum schema}. */
@Command(
        name = "schema",
        description = "Prints the DDL of every table, or of one, with a sentence about each column.",
        footerHeading = "%nExamples:%n",
        footer = {"  ${ROOT-COMMAND-NAME} schema", "  ${ROOT-COMMAND-NAME} schema predictions"})
final class SchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "The table; all of them if left out.")
    private @Nullable String name;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(name == null ? Table.script() : named(name).ddl() + ";\n");
        terminal.out().flush();
        return ExitCode.PASSED.code();
    }

    private static Table<?> named(String name) {
        List<String> names = Table.all().stream().map(Table::name).toList();
        return Table.all().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UserError("There is no table '" + name + "'" + Nearest.hint(name, "tables", names)));
    }
}
