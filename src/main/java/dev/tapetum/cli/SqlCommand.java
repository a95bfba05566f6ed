package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.job.ExitCode;
import dev.tapetum.job.Runs;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapetum sql}. */
@Command(
        name = "sql",
        description = {
            "Runs Spark SQL on the tables of an output folder.",
            "",
            "Each table is a view that shows one run; all_NAME shows every run. Without a statement, statements that end"
                    + " with ; are read from standard input."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} sql out/photos \"SELECT * FROM group_metrics WHERE metric = 'accuracy'\"",
            "  ${ROOT-COMMAND-NAME} sql out/photos --csv \"SELECT image_id, predicted FROM predictions\" > predicted.csv",
            "  ${ROOT-COMMAND-NAME} sql out/photos",
        })
final class SqlCommand implements Callable<Integer> {
    /**
     * Classes of SQLSTATE: several rows instead of one, what cannot be computed of a value, a key that is there twice, too much, what
     * the statement itself raises.
     */
    private static final Set<String> MISTAKES = Set.of("21", "22", "23", "54", "P0");

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OUT", description = "The output folder of the plan (run.output).")
    private String out = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SELECT …", description = "One or more statements.")
    private @Nullable String statements;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "The run that the views show; the last one that has ended if left out.")
    private @Nullable String run;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100",
            description = "The most rows shown of a result (${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--csv",
            description = "Print whole results as CSV; otherwise long values are cut and fractions rounded.")
    private boolean csv;

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (SparkDriver driver = new SparkDriver()) {
            SparkSession spark = driver.session();
            String shown = register(spark);
            if (statements != null) {
                for (String statement : Statements.all(statements)) {
                    execute(spark, statement);
                }
            } else {
                readAndExecute(spark, shown);
            }

            return ExitCode.PASSED.code();
        }
    }

    private String register(SparkSession spark) {
        if (run == null) {
            return TableViews.register(spark, out)
                    .orElseThrow(() -> Runs.of(spark, out).none());
        }

        TableViews.register(spark, out, Runs.of(spark, out).named(run).runId());
        return run;
    }

    private void readAndExecute(SparkSession spark, String shown) throws Exception {
        BufferedReader in = terminal.in();
        if (terminal.interactive()) {
            introduce(shown);
        }

        StringBuilder text = new StringBuilder();
        for (String line = prompt(in, text); line != null; line = prompt(in, text)) {
            text.append(line).append('\n');
            int end = Statements.end(text.toString());
            while (end >= 0) {
                String statement = text.substring(0, end);
                text.delete(0, end + 1);
                executeRead(spark, statement);
                end = Statements.end(text.toString());
            }
        }

        executeRead(spark, text.toString());
    }

    private @Nullable String prompt(BufferedReader in, StringBuilder text) throws IOException {
        if (terminal.interactive()) {
            terminal.err().print(text.toString().isBlank() ? "sql> " : "...> ");
            terminal.err().flush();
        }

        return in.readLine();
    }

    /** A person corrects a wrong statement and goes on; a script stops. */
    private void executeRead(SparkSession spark, String statement) throws Exception {
        if (statement.isBlank()) {
            return;
        }

        try {
            execute(spark, statement);
        } catch (UserError e) {
            if (!terminal.interactive()) {
                throw e;
            }

            terminal.err().println(e.getMessage());
        }
    }

    private void execute(SparkSession spark, String statement) throws Exception {
        try {
            SqlResult result = SqlResult.of(spark.sql(statement));
            if (csv) {
                result.printCsv(terminal.out());
            } else if (result.print(terminal.out(), rows)) {
                terminal.err().println("There are more rows; --rows shows more, --csv all of them.");
            }
        } catch (Exception e) {
            // Spark's exceptions are checked ones that no method declares.
            Throwable mistake = mistake(e);
            throw mistake == null ? e : new UserError(Failure.line(mistake.getMessage()), e);
        }
    }

    /** What says that the statement is wrong, or cannot be computed of these values; null if nothing does. */
    private static @Nullable Throwable mistake(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnalysisException
                    || (cause instanceof SparkThrowable spark && isMistake(spark.getSqlState()))) {
                return cause;
            }
        }

        return null;
    }

    private static boolean isMistake(@Nullable String sqlState) {
        return sqlState != null && MISTAKES.stream().anyMatch(sqlState::startsWith);
    }

    private void introduce(String shown) {
        TextBlock views = new TextBlock().line("Views of run " + shown + " (all_NAME shows every run):");
        for (Table<?> table : Table.all()) {
            views.line("").line("  " + table.name() + ": " + table.comment());
            views.line("    " + String.join(", ", table.schema().fieldNames()));
        }

        terminal.err().println(views.line("").text());
    }
}
