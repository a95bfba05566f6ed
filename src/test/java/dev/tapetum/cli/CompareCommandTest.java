package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.job.ComparedRuns;
import dev.tapetum.job.ComparedRuns.Run;
import dev.tapetum.job.ComparedRuns.Shot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CompareCommandTest {

    @TempDir
    private static Path out;

    /** Of forty images twelve are lost, and none is gained. */
    private static List<Shot> shots(boolean later) {
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean right = !later || i >= 12;
            shots.add(new Shot("image " + i, "<b>north", 0, "content", right ? 0 : 1, 0.9, new float[] {1, 2, 3, 4}));
        }

        return shots;
    }

    @Test
    void aRunIsAcceptedAndTheNextComparedWithIt(SparkSession spark) {
        ComparedRuns.write(spark, out.toString(), Run.of("monday", 0), shots(false));
        ComparedRuns.write(spark, out.toString(), Run.of("tuesday", 1), shots(true));

        Program early = Program.run("compare", out.toString());
        assertThat(early.exit()).isEqualTo(2);
        assertThat(early.err())
                .isEqualTo("tapetum: There is no accepted run before tuesday to compare it with; 'tapetum accept " + out
                        + " --run monday' accepts it\n");

        Program accepted = Program.run("accept", out.toString(), "--run", "monday");
        assertThat(accepted.exit()).isZero();
        assertThat(accepted.out())
                .isEqualTo("Run monday is accepted (gate: pass); later runs in " + out + " are compared with it.\n");

        Program compared = Program.run("compare", out.toString());
        assertThat(compared.err()).isEmpty();
        assertThat(compared.exit()).isZero();
        assertThat(compared.out())
                .contains(
                        "Run tuesday against its baseline monday: ",
                        "40 images in both runs = 40 scored in both",
                        "1. Accuracy over all images fell from 100.0% to 70.0%: −30.0 points",
                        "of 40 images 12 lost and 0 gained it",
                        "12 of 40 images changed their predicted class",
                        "12 cup → mug",
                        "the same in every setting",
                        "compare_monday_tuesday/compare.html");

        Program unknown = Program.run("compare", out.toString(), "--baseline", "sunday");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no run 'sunday'", "tuesday, monday");
    }
}
