package dev.tapetum.cli;

import dev.tapetum.job.ExitCode;
import dev.tapetum.job.ReportStage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapetum report}. */
@Command(
        name = "report",
        description = "Writes report.html and report.md of a run again, from its tables.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} report out/photos",
            "  ${ROOT-COMMAND-NAME} report out/photos --run tuesday",
        })
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "OUT", description = "The output folder of the plan (run.output).")
    private String out = "";

    @Option(names = "--run", paramLabel = "ID", description = "The run; the last one that has ended if left out.")
    private @Nullable String run;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (SparkDriver spark = new SparkDriver()) {
            terminal.out().println(ReportStage.write(spark.session(), out, run));
            return ExitCode.PASSED.code();
        }
    }
}
