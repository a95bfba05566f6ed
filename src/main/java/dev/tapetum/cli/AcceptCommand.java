package dev.tapetum.cli;

import dev.tapetum.job.Acceptance;
import dev.tapetum.job.ExitCode;
import dev.tapetum.table.AcceptedRow;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapetum accept}. */
@Command(
        name = "accept",
        description = {
            "Accepts a run as a baseline: later runs are compared with the one that was accepted last.",
            "",
            "Only a complete run whose gate has not failed is accepted. Auditing it again takes the acceptance back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} accept out/photos",
            "  ${ROOT-COMMAND-NAME} accept out/photos --run tuesday",
            "  ${ROOT-COMMAND-NAME} accept out/photos --run tuesday --force",
        })
final class AcceptCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "OUT", description = "The output folder of the plan (run.output).")
    private String out = "";

    @Option(names = "--run", paramLabel = "ID", description = "The run; the last one that has ended if left out.")
    private @Nullable String run;

    @Option(names = "--force", description = "Accept a run that is partial, or whose gate failed, all the same.")
    private boolean force;

    AcceptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (SparkDriver spark = new SparkDriver()) {
            AcceptedRow accepted = new Acceptance(spark.session(), out).accept(run, force);
            terminal.out()
                    .println("Run " + accepted.runId() + " is accepted" + (accepted.forced() ? " by force" : "")
                            + " (gate: " + accepted.gate().name().toLowerCase(Locale.ROOT)
                            + "); later runs in " + out + " are compared with it.");
            return ExitCode.PASSED.code();
        }
    }
}
