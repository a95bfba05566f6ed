package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.demo.DemoEditor;
import dev.tapetum.job.source.FlakyFileSystem;
import dev.tapetum.table.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class UnusedFilesTest {

    private static final int FILES_OF_A_BUNDLE = 6;

    @TempDir
    Path folder;

    /**
     * Interventions run on none of the images here, and the baselines are the images as they are. So no edited image is read
     * by anybody, and the bundle of the editor by the driver alone, which verifies it once.
     */
    @Test
    void filesThatNobodyLooksAtAreNotOpened(SparkSession spark) throws IOException {
        FlakyFileSystem.register(spark);
        DemoAudit demo = DemoAudit.render(folder, 4);
        DemoEditor.MINI.copyTo(folder.resolve("editor"));
        StringBuilder edits = new StringBuilder("image,property,strength,path\n");
        for (int i = 0; i < 4; i++) {
            for (int step = 1; step <= 3; step++) {
                edits.append("images/%05d.jpg,same,%d,images/%05d.jpg\n".formatted(i, step, i));
            }
        }

        Files.writeString(folder.resolve("edits.csv"), edits);
        FlakyFileSystem.failing(0, IOException::new);

        RunOutcome outcome = AuditRun.run(
                spark,
                demo.plan(
                        "unused",
                        "gate=[]",
                        "attribution.methods=[{ method = integrated-gradients, baseline = sample, steps = 2 }]",
                        "property-gradients.sample = 0.0001%",
                        "interventions = [ { editor = series, manifest = \"%1$s/edits.csv\", root = \"flaky:%1$s/photos\", property = same }, { editor = diffusion, path = \"flaky:%1$s/editor\", instruction = \"make it red\" } ]"
                                .formatted(folder)),
                false,
                new DemoAudit.Heard());

        assertThat(outcome.run().status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(FlakyFileSystem.opened()).isEqualTo(FILES_OF_A_BUNDLE);
    }
}
