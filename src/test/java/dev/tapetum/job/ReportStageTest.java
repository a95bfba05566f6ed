package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.job.source.FlakyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReportStageTest {

    private static final String EXAMPLES = "<h2 id=\"worst\">";
    private static final String PICTURE = "<img src=\"data:image/jpeg";

    @TempDir
    private Path folder;

    /** Classes differ in how often they are predicted as what, which forty images suffice to establish. */
    @Test
    void aReportIsWrittenFromTheTablesAloneAndPicturesOnlyWithTheBundle(SparkSession spark) throws IOException {
        DemoAudit demo = DemoAudit.render(folder, 40);
        RunOutcome run = AuditRun.run(
                spark,
                demo.plan(
                        "report",
                        "run.shard-images=64",
                        "attribution.methods=[saliency]",
                        "dataset.attributes=[vendor,label]"),
                false,
                new DemoAudit.Heard());
        Path page = folder.resolve("out/reports/run_id=report/report.html");
        String first = Files.readString(page);
        assertThat(run.findings()).isNotEmpty();
        assertThat(first).contains(PICTURE, " with the highest loss.");

        // The evidence of the device work is no part of it.
        Files.move(folder.resolve("out/evidence/run_id=report/wave=00000"), folder.resolve("evidence"));
        ReportStage.write(spark, demo.output(), "report");
        assertThat(page).hasContent(first);

        Files.move(folder.resolve("model"), folder.resolve("old-model"));
        assertRewrittenInWords(spark, demo, page, first, "is gone or cannot be read");
        DemoModel.VIT.copyTo(folder.resolve("model"));
        assertRewrittenInWords(spark, demo, page, first, "is no longer the model of the run");
    }

    @Test
    void picturesThatCannotBeHadAnyMoreAreToldInWords(SparkSession spark) throws IOException {
        FlakyFileSystem.register(spark);
        FlakyFileSystem.failing(0, IOException::new);
        DemoAudit demo = DemoAudit.render(folder, 40);
        AuditRun.run(
                spark,
                demo.plan(
                        "report",
                        "run.shard-images=64",
                        "attribution.methods=[]",
                        "dataset.root=\"flaky:" + demo.photos() + "\"",
                        "dataset.attributes=[vendor,label]"),
                false,
                new DemoAudit.Heard());
        Path page = folder.resolve("out/reports/run_id=report/report.html");
        assertThat(page).content().contains(PICTURE);

        FlakyFileSystem.failing(1000, () -> new IOException("503 Slow Down"));
        ReportStage.write(spark, demo.output(), "report");
        assertThat(page)
                .content()
                .contains(", not all with a picture: ", "503 Slow Down")
                .doesNotContain(PICTURE);

        FlakyFileSystem.failing(1000, () -> {
            throw new OutOfMemoryError("as if");
        });
        ReportStage.write(spark, demo.output(), "report");
        assertThat(page).content().contains("the heap has no room for one").doesNotContain(PICTURE);

        FlakyFileSystem.failing(0, IOException::new);
        Files.move(demo.photos(), folder.resolve("elsewhere"));
        ReportStage.write(spark, demo.output(), "report");
        assertThat(page)
                .content()
                .contains(", not all with a picture: ", "does not exist")
                .doesNotContain(PICTURE);
    }

    private static void assertRewrittenInWords(SparkSession spark, DemoAudit demo, Path page, String first, String why)
            throws IOException {
        ReportStage.write(spark, demo.output(), null);
        String again = Files.readString(page);

        assertThat(again.substring(again.indexOf(EXAMPLES), again.indexOf("<h2 id=\"plan\">")))
                .contains(", without pictures: the ", why)
                .doesNotContain(PICTURE);
        assertThat(beforeExamples(again)).isEqualTo(beforeExamples(first));
    }

    private static String beforeExamples(String page) {
        return page.substring(0, page.indexOf(EXAMPLES));
    }
}
