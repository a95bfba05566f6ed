package dev.tapetum.cli;

import dev.tapetum.config.PlanFile;
import dev.tapetum.job.ExitCode;
import dev.tapetum.job.SaeOutcome;
import dev.tapetum.job.SaeRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tapetum sae train}. */
@Command(
        name = "train",
        description = {
            "Harvests the activations at a tap of the model over the plan's images and trains the autoencoders of"
                    + " sae.training on them.",
            "",
            "Held-out images judge the result. What is harvested, and the last checkpoint of training, is kept: --resume goes"
                    + " on from there, and also trains other objectives on the same harvest. Without it both start anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} sae train plan.conf",
            "  ${ROOT-COMMAND-NAME} sae train plan.conf --set sae.training.tokens=2000000 --set dataset.sample=5%%",
            "  ${ROOT-COMMAND-NAME} sae train plan.conf --resume -- --master spark://host:7077 --executor-memory 8g",
        })
final class SaeTrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private PlanArguments arguments = new PlanArguments();

    @Option(names = "--resume", description = "Go on with the harvest and the training in the plan's output.")
    private boolean resume;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only warnings and the result.")
    private boolean quiet;

    SaeTrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (SparkDriver spark = new SparkDriver()) {
            PlanFile plan = arguments.load(spark);
            SaeOutcome outcome = watched(spark, plan);
            terminal.out().println(SaeSummary.text(outcome, plan.plan()));
            return (outcome.isPartial() ? ExitCode.PARTIAL : ExitCode.PASSED).code();
        }
    }

    private SaeOutcome watched(SparkDriver spark, PlanFile plan) throws Exception {
        try (RunDisplay display = new RunDisplay(terminal.err(), terminal.columns(), quiet, System::nanoTime)) {
            return Interruption.during(
                    () -> sayHowToGoOn(display),
                    () -> Placed.in(plan, () -> SaeRun.train(spark.session(), plan, resume, display)));
        }
    }

    private void sayHowToGoOn(RunDisplay display) {
        display.close();
        terminal.err()
                .println("Interrupted: '" + terminal.name() + " sae train PLAN --resume' goes on where it stopped.");
    }
}
