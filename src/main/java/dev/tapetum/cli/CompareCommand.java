package dev.tapetum.cli;

import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.job.CompareStage;
import dev.tapetum.job.ExitCode;
import dev.tapetum.report.Comparison;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapetum compare}. */
@Command(
        name = "compare",
        description = {
            "Compares a run with an accepted one, image by image: what got better or worse, which predictions flipped, how"
                    + " far explanations drifted.",
            "",
            "Writes the tables changes and flips, and a page. 'accept' makes a run a baseline."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} compare out/photos",
            "  ${ROOT-COMMAND-NAME} compare out/photos --baseline monday --candidate tuesday",
            "  ${ROOT-COMMAND-NAME} compare out/photos --gate \"{ metric = accuracy, attribute = site, max-change = 0.02 }\"",
        })
final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "OUT", description = "The output folder of the plan (run.output).")
    private String out = "";

    @Option(
            names = "--baseline",
            paramLabel = "ID",
            description = "An accepted run; the one accepted last, of those before the candidate, if left out.")
    private @Nullable String baseline;

    @Option(
            names = "--candidate",
            paramLabel = "ID",
            description = "The run to compare with it; the last one that has ended if left out.")
    private @Nullable String candidate;

    @Option(
            names = "--gate",
            paramLabel = "RULE",
            description =
                    "A rule about a change, besides those of the candidate's plan: metric, attribute and group as in a"
                            + " plan's gate, and max-change. Any number of them.")
    private List<String> rules = List.of();

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (SparkDriver driver = new SparkDriver()) {
            SparkSession spark = driver.session();
            Comparison comparison = CompareStage.compare(spark, out, baseline, candidate, rules);
            String report = CompareStage.report(spark, out, comparison);
            terminal.out().println(CompareSummary.text(comparison, report, out, terminal.name()));
            return (GateVerdict.overall(comparison.verdicts()) == GateStatus.FAIL
                            ? ExitCode.GATE_FAILED
                            : ExitCode.PASSED)
                    .code();
        }
    }
}
