package dev.tapetum.cli;

import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapetum demo}. */
@Command(
        name = "demo",
        description = {
            "Renders a dataset with planted biases, audits a small bundled model on it, and tells what was found.",
            "",
            "Leaves images, model, plan, tables and report in DIR, to be looked at and changed. A plan that was changed is"
                    + " kept. A gate that fails is part of the demo and not an error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} demo",
            "  ${ROOT-COMMAND-NAME} demo /tmp/eyes --images 500 --model vit",
            "  ${ROOT-COMMAND-NAME} audit tapetum-demo/plan.conf --set attribution.target=label",
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "tapetum-demo",
            description = "Where to put it: a new or empty folder, or that of an earlier demo (${DEFAULT-VALUE}).")
    private Path directory = Path.of("tapetum-demo");

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many images to render (${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--model",
            paramLabel = "cnn|vit",
            defaultValue = "cnn",
            description = "A convolutional network or a vision transformer (${DEFAULT-VALUE}).")
    private DemoModel model = DemoModel.CNN;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only warnings and the summary.")
    private boolean quiet;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        DemoFolder folder = DemoFolder.at(directory, images, model);
        prepare(folder);
        try (SparkDriver spark = new SparkDriver()) {
            PlanFile plan = PlanFile.load(folder.plan().toString(), List.of());
            ExitCode audit = ExitCode.of(
                    new Audit(terminal, spark, quiet).run(plan, false).run());
            terminal.out().println(ending(folder, audit));
            return ExitCode.PASSED.code();
        }
    }

    private void prepare(DemoFolder folder) throws IOException {
        if (folder.isRendered()) {
            say("The images in " + directory + " are those of an earlier demo");
        } else {
            say("Rendering " + images + " images into " + directory);
            folder.render();
        }

        if (!folder.writeModelAndPlan()) {
            terminal.err()
                    .println("Keeping " + folder.plan() + ", which has been changed since the demo wrote it; delete it"
                            + " to have it written anew");
        }
    }

    private void say(String what) {
        if (!quiet) {
            terminal.err().println(what);
        }
    }

    private String ending(DemoFolder folder, ExitCode audit) {
        String again = Shell.quoted(terminal.name()) + " audit "
                + Shell.quoted(folder.plan().toString());
        TextBlock block = new TextBlock().line("");
        if (audit != ExitCode.PASSED) {
            block.line("'audit' would have ended with exit code " + audit.code() + ", for a scheduler to see.");
        }

        return block.line("The plan is " + folder.plan() + "; change it and run it again with")
                .line("  " + again)
                .line("What its explanations are worth, some minutes:")
                .line("  " + Shell.quoted(terminal.name()) + " audit "
                        + Shell.quoted(folder.explanations().toString()))
                .line("What the model makes of the tag and of the tint, step by step, a minute or two:")
                .line("  " + Shell.quoted(terminal.name()) + " audit "
                        + Shell.quoted(folder.interventions().toString()))
                .line("What it makes of images that a diffusion model repaints, some minutes:")
                .line("  " + Shell.quoted(terminal.name()) + " audit "
                        + Shell.quoted(folder.diffusion().toString()))
                .line("Which features a transformer has learnt, and what it does without the tag's, a minute or two:")
                .line("  " + Shell.quoted(terminal.name()) + " audit "
                        + Shell.quoted(folder.features().toString()))
                .line("What it would draw for each class, without any image, some minutes:")
                .line("  " + Shell.quoted(terminal.name()) + " prototypes "
                        + Shell.quoted(folder.plan().toString()))
                .text();
    }
}
