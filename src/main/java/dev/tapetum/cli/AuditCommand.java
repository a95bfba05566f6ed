package dev.tapetum.cli;

import dev.tapetum.config.PlanFile;
import dev.tapetum.job.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tapetum audit}. */
@Command(
        name = "audit",
        description = {
            "Runs a plan: scores and explains every image, compares groups, writes tables and a report.",
            "",
            "What is committed is never computed again: --resume goes on where a killed run stopped. A run of the same id"
                    + " is replaced, other runs in the same output are not touched."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} audit plan.conf",
            "  ${ROOT-COMMAND-NAME} audit plan.conf --set run.id=tuesday --set dataset.sample=5%%",
            "  ${ROOT-COMMAND-NAME} audit plan.conf --resume -- --master spark://host:7077 --executor-memory 8g",
        })
final class AuditCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private PlanArguments arguments = new PlanArguments();

    @Option(
            names = "--resume",
            description = "Go on with the run that the plan names, or else with the last one that has not ended.")
    private boolean resume;

    @Option(names = "--dry-run", description = "Only check the plan, as 'plan' does.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only warnings and the summary.")
    private boolean quiet;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (SparkDriver spark = new SparkDriver()) {
            PlanFile plan = arguments.load(spark);
            if (dryRun) {
                terminal.out().println(PlanSummary.check(spark.session(), plan, arguments.name()));
                return ExitCode.PASSED.code();
            }

            return ExitCode.of(
                            new Audit(terminal, spark, quiet).run(plan, resume).run())
                    .code();
        }
    }
}
