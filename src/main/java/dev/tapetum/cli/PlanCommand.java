package dev.tapetum.cli;

import dev.tapetum.config.PlanFile;
import dev.tapetum.job.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapetum plan}. */
@Command(
        name = "plan",
        description = {
            "Checks a plan and says what an audit would do.",
            "",
            "Reads the model's description and lists the images; scores none and writes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} plan plan.conf",
            "  ${ROOT-COMMAND-NAME} plan hdfs://host/plans/night.conf --set dataset.sample=5%%",
        })
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private PlanArguments arguments = new PlanArguments();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (SparkDriver spark = new SparkDriver()) {
            PlanFile plan = arguments.load(spark);
            terminal.out().println(PlanSummary.check(spark.session(), plan, arguments.name()));
            return ExitCode.PASSED.code();
        }
    }
}
