package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapetum.job.ExitCode;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. What it can do is the list of its commands in {@link #line}. */
@Command(
        name = "tapetum",
        description = {
            "Audits a vision model over the images of a dataset, on Spark.",
            "",
            "A plan (a HOCON file) names the images, the model, the explanations and the groups to compare. An audit writes"
                    + " Parquet tables and a report. 'demo' needs nothing and shows all of it.",
            "",
            "What follows a lone -- is for spark-submit."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} demo",
            "  ${ROOT-COMMAND-NAME} audit plan.conf --set run.output=out/photos",
            "  ${ROOT-COMMAND-NAME} audit plan.conf -- --master spark://host:7077 --executor-memory 8g",
            "  ${ROOT-COMMAND-NAME} sae train plan.conf",
            "  ${ROOT-COMMAND-NAME} prototypes plan.conf",
            "  ${ROOT-COMMAND-NAME} sql out/photos \"SELECT * FROM gaps ORDER BY q_value LIMIT 10\"",
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class)
public final class Tapetum {
    private final Terminal terminal;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where an error comes from (or set TAPETUM_STACKTRACE=1).")
    private boolean stacktrace;

    private Tapetum(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs one command. After success this returns, so that whoever started the driver ends it in its own way; otherwise
     * it ends the process with the command's exit code.
     */
    public static void main(String[] arguments) {
        // Rendering and decoding need no screen, and must not look for one.
        System.getProperties().putIfAbsent("java.awt.headless", "true");
        int code = run(Terminal.ofProcess(), arguments);
        if (code != ExitCode.PASSED.code()) {
            System.exit(code);
        }
    }

    /** Runs one command and returns its exit code. If the command started Spark, Spark has stopped. */
    static int run(Terminal terminal, String... arguments) {
        Tapetum tapetum = new Tapetum(terminal);
        CommandLine line = tapetum.line();
        line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
        line.setParameterExceptionHandler((wrong, given) -> tapetum.misused(wrong));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> tapetum.failed(thrown, arguments));
        try {
            return line.execute(arguments);
        } catch (Error e) {
            return tapetum.failed(e, arguments);
        }
    }

    private CommandLine line() {
        CommandLine line = new CommandLine(this)
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new PlanCommand(terminal))
                .addSubcommand(new AuditCommand(terminal))
                .addSubcommand(new CommandLine(new SaeCommand()).addSubcommand(new SaeTrainCommand(terminal)))
                .addSubcommand(new PrototypesCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new AcceptCommand(terminal))
                .addSubcommand(new CompareCommand(terminal))
                .addSubcommand(new SqlCommand(terminal))
                .addSubcommand(new SchemaCommand(terminal))
                .addSubcommand(new HelpCommand());
        line.setCommandName(terminal.name());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        explainExitCodes(line, Set.of(ExitCode.values()));
        explainExitCodesOfCommands(line);
        return line;
    }

    private static void explainExitCodesOfCommands(CommandLine line) {
        line.getSubcommands().forEach((name, command) -> {
            explainExitCodes(command, codes(name));
            explainExitCodesOfCommands(command);
        });
    }

    private static Set<ExitCode> codes(String command) {
        return switch (command) {
            case "audit" -> EnumSet.allOf(ExitCode.class);
            case "compare" -> EnumSet.complementOf(EnumSet.of(ExitCode.PARTIAL));
            case "sae", "train" -> EnumSet.complementOf(EnumSet.of(ExitCode.GATE_FAILED));
            default -> EnumSet.range(ExitCode.PASSED, ExitCode.INTERNAL_ERROR);
        };
    }

    private static void explainExitCodes(CommandLine command, Set<ExitCode> codes) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings(codes));
    }

    private int misused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        terminal.err().println(terminal.name() + ": " + wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                terminal.err().println("Did you mean " + String.join(" or ", suggestions) + "?");
            }
        }

        terminal.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.code();
    }

    private int failed(Throwable thrown, String... arguments) {
        if (Interruption.isUnderWay()) {
            return ExitCode.INTERNAL_ERROR.code();
        }

        Failure failure = Failure.of(thrown);
        terminal.err().println(terminal.name() + ": " + failure.message());
        if (stacktrace || terminal.wantsStackTraces() || runsOnACluster()) {
            thrown.printStackTrace(terminal.err());
        } else if (failure.exit() == ExitCode.INTERNAL_ERROR) {
            terminal.err().println(ErrorLog.write(thrown, arguments));
        }

        return failure.exit().code();
    }

    /** There the driver's standard error is its log, and its files are out of the user's reach. */
    private static boolean runsOnACluster() {
        return new SparkConf().get("spark.submit.deployMode", "client").equals("cluster");
    }
}
