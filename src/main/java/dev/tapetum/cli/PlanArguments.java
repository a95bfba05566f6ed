package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told its plan. */
final class PlanArguments {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    @Parameters(paramLabel = "PLAN", description = "The plan: a file, or a URI that Hadoop can open.")
    private String plan = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the plan, such as run.seed=8. May be repeated.")
    private List<String> options = List.of();

    /** The plan with its overriding options; Spark starts only if it is needed to read it. */
    PlanFile load(SparkDriver spark) {
        if (!URI.matcher(plan).matches()) {
            return PlanFile.load(plan, options);
        }

        Path file = new Path(plan);
        try (InputStream in = file.getFileSystem(spark.session().sparkContext().hadoopConfiguration())
                .open(file)) {
            return PlanFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), plan, options);
        } catch (IOException e) {
            throw new UserError(plan + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The plan as the user wrote it. */
    String name() {
        return plan;
    }
}
