package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.Split;
import dev.tapetum.job.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code prototypes} as a shell sees it. */
@ExtendWith(SparkExtension.class)
final class PrototypesCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writePlan(SparkSession spark) throws IOException {
        new DemoDataset(24, 11, Split.AUDIT).render(folder.resolve("photos"));
        DemoModel.CNN.copyTo(folder.resolve("model"));
        // Line 1 has the output, line 5 the methods, line 6 the classes.
        Files.writeString(folder.resolve("plan.conf"), """
                run { output = "%1$s/out" }
                dataset { manifest = "%1$s/photos/manifest.csv", label = label }
                model { path = "%1$s/model", device = cpu }
                prototypes {
                  methods = [ { generator = prototype, steps = 20, start-steps = 20 }, { generator = activation-maximisation, steps = 20 } ]
                  classes = [ball, mug]
                  seeds = 1
                }
                """.formatted(folder));
    }

    private Program run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, folder.resolve("plan.conf").toString()));
        arguments.addAll(List.of(options));
        return Program.run(arguments.toArray(String[]::new));
    }

    @Test
    void anAuditedRunGetsDrawingsInItsTablesAndASummary() {
        assertThat(run("audit", "--set", "run.id=first").exit()).isZero();

        Program program = run("prototypes");

        assertThat(program.exit()).as(program.err()).isZero();
        assertThat(program.err())
                .contains("Run first", "Drawing 4 prototypes", "Judging by 12 images", "Report")
                .doesNotContain("Warning");
        assertThat(program.out())
                .contains("Prototypes of run first", "prototype than activation-maximisation in ", " of 2 classes by L1")
                .contains("out/reports/run_id=first/report.html", "look closer tapetum sql ");
        Program sql = Program.run(
                "sql", folder.resolve("out").toString(), "SELECT count(*), min(length(png)) > 100 FROM prototypes");
        assertThat(sql.out()).contains("4").contains("true");

        Program again = run("prototypes", "--resume", "--run", "first", "-q");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("4 = 0 drawn now + 4 drawn before");
    }

    private void assertRefused(Program program, int line, String words) {
        assertThat(program.exit()).as(program.err()).isEqualTo(ExitCode.USER_ERROR.code());
        assertThat(program.err()).startsWith("tapetum: " + folder.resolve("plan.conf") + ":" + line + ": ").contains(words);
    }

    @Test
    void beforeAnAuditThereIsNothingToJudgeBy() {
        assertRefused(run("prototypes"), 1, "holds no run that has ended; prototypes are judged by the images of a run");
    }

    @Test
    void anUnknownClassIsNamedWithTheNearestOne() throws IOException {
        Path plan = folder.resolve("plan.conf");
        Files.writeString(plan, Files.readString(plan).replace("ball, mug", "ball, mgu"));

        assertRefused(run("prototypes"), 6, "the model has no class 'mgu'; did you mean 'mug'?");
    }
}
