package dev.tapetum.cli;

import dev.tapetum.config.PlanFile;
import dev.tapetum.job.ExitCode;
import dev.tapetum.job.PrototypeOutcome;
import dev.tapetum.job.PrototypeRun;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tapetum prototypes}. */
@Command(
        name = "prototypes",
        description = {
            "Draws what the model itself takes for each class, and tells whether the drawings go through it as images do.",
            "",
            "The images of a run that 'audit' has made judge the drawings, which go into its table `prototypes` and its report."
                    + " What is drawn is kept: --resume goes on from there, and also draws other classes, methods and seeds"
                    + " beside it. Without it all is drawn anew. Whether something is drawn into a class is tested where at least three are drawn."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} prototypes plan.conf",
            "  ${ROOT-COMMAND-NAME} prototypes plan.conf --run tuesday --set \"prototypes.classes=[cat,dog]\"",
            "  ${ROOT-COMMAND-NAME} prototypes plan.conf --resume --set prototypes.seeds=8",
            "  ${ROOT-COMMAND-NAME} prototypes plan.conf -- --master spark://host:7077 --executor-memory 8g",
        })
final class PrototypesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private PlanArguments arguments = new PlanArguments();

    @Option(
            names = "--run",
            paramLabel = "ID",
            description =
                    "The run whose images judge; the plan's run.id, or the last one of this model that has ended, if left out.")
    private @Nullable String run;

    @Option(names = "--resume", description = "Keep what has been drawn for the run, and draw what is missing.")
    private boolean resume;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only warnings and the result.")
    private boolean quiet;

    PrototypesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (SparkDriver spark = new SparkDriver()) {
            PlanFile plan = arguments.load(spark);
            PrototypeOutcome outcome = watched(spark, plan);
            terminal.out()
                    .println(PrototypesSummary.text(outcome, plan.plan().run().output(), terminal.name()));
            return ExitCode.PASSED.code();
        }
    }

    private PrototypeOutcome watched(SparkDriver spark, PlanFile plan) throws Exception {
        try (RunDisplay display = new RunDisplay(terminal.err(), terminal.columns(), quiet, System::nanoTime)) {
            return Interruption.during(
                    () -> sayHowToGoOn(display),
                    () -> Placed.in(plan, () -> PrototypeRun.draw(spark.session(), plan, run, resume, display)));
        }
    }

    private void sayHowToGoOn(RunDisplay display) {
        display.close();
        String id = display.runId();
        terminal.err()
                .println("Interrupted: '" + terminal.name() + " prototypes PLAN --resume"
                        + (id == null ? "" : " --run " + id) + "' goes on where it stopped.");
    }
}
