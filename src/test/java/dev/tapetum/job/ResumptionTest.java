package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoEditor;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the very files that its editors used from the start, or not at all. */
@ExtendWith(SparkExtension.class)
final class ResumptionTest {

    private static final String HEADER = "image,property,strength,path\n";
    private static final String FIRST = "a.jpg,age,1,a-old.jpg\n";
    private static final String SECOND = "a.jpg,age,2,a-older.jpg\n";

    @TempDir
    Path folder;

    @Test
    void whatEditorsUseMustBeWhatItWasWhenTheRunStarted(SparkSession spark) throws IOException {
        DemoModel.CNN.copyTo(folder.resolve("model"));
        DemoEditor.MINI.copyTo(folder.resolve("editor"));
        picture(1);
        edits(FIRST + SECOND);
        // Where the dataset should be there is none, so that a run that is resumed ends before any work.
        PlanFile plan = new DemoAudit(folder)
                .plan(
                        "resumed",
                        "interventions = [ { editor = stamp, picture = \"%1$s/tag.png\" }, { editor = series, manifest = \"%1$s/edits.csv\", property = age }, { editor = diffusion, path = \"%1$s/editor\", instruction = \"make it red\" } ]"
                                .formatted(folder));
        assertThatThrownBy(() -> AuditRun.run(spark, plan, false, new DemoAudit.Heard()))
                .hasMessageContaining("manifest.csv");
        RunRow started = row(spark);
        assertThat(started.status()).isEqualTo(RunStatus.FAILED);
        assertThat(Objects.requireNonNull(started.materialSha256()))
                .containsOnlyKeys(folder + "/tag.png", folder + "/edits.csv", folder + "/editor");

        // Neither the order of the rows matters nor what is said of other properties.
        edits(SECOND + "a.jpg,fog,1,a-fog.jpg\n" + FIRST);
        assertThatThrownBy(() -> resume(spark, plan)).hasMessageContaining("manifest.csv");

        edits(FIRST + "a.jpg,age,3,a-older.jpg\n");
        assertRefused(spark, plan, "edits.csv");
        edits(FIRST + SECOND);

        picture(2);
        assertRefused(spark, plan, "tag.png");
        picture(1);

        Path conf = folder.resolve("editor/editor.conf");
        Files.writeString(conf, Files.readString(conf).replace("steps-offset = 1", "steps-offset = 2"));
        assertRefused(spark, plan, "editor");

        assertThat(row(spark).materialSha256()).isEqualTo(started.materialSha256());
    }

    private void assertRefused(SparkSession spark, PlanFile plan, String changed) {
        assertThatThrownBy(() -> resume(spark, plan))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(
                        "run 'resumed' was started with another " + folder.resolve(changed)
                                + ", so its rows would not go together; put back what was there, or start anew without --resume");
    }

    private static void resume(SparkSession spark, PlanFile plan) {
        AuditRun.run(spark, plan, true, new DemoAudit.Heard());
    }

    private RunRow row(SparkSession spark) {
        List<RunRow> rows =
                Table.RUNS.read(spark, folder.resolve("out").toString()).collectAsList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private void edits(String rows) throws IOException {
        Files.writeString(folder.resolve("edits.csv"), HEADER + rows);
    }

    private void picture(int grey) throws IOException {
        byte[] rgb = {(byte) grey, (byte) grey, (byte) grey};
        Files.write(folder.resolve("tag.png"), ImageEncoder.png(new RgbImage(1, 1, rgb)));
    }
}
