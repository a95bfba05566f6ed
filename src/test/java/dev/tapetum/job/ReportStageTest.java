package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tapetum.SparkExtension;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.job.source.FlakyFileSystem;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.Table;
import dev.tapetum.table.TableViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReportStageTest {

    private static final String EXAMPLES = "<h3>Ordinary images</h3>";
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
        assertThat(run.established().findings()).isNotEmpty();
        assertThat(first).contains(PICTURE, " with the highest loss.");

        assertEveryStatementReturnsRows(spark, demo, first);

        // The evidence of the device work is no part of it.
        Files.move(folder.resolve("out/evidence/run_id=report/wave=00000"), folder.resolve("evidence"));
        ReportStage.write(spark, demo.output(), "report");
        assertThat(page).hasContent(first);

        Files.move(folder.resolve("model"), folder.resolve("old-model"));
        assertRewrittenInWords(spark, demo, page, first, "is gone or cannot be read");
        DemoModel.VIT.copyTo(folder.resolve("model"));
        assertRewrittenInWords(spark, demo, page, first, "is no longer the model of the run");
    }

    /** An output may be copied to where nobody reaches the old one. */
    @Test
    void whyThereIsNoRelativeErrorIsReadWhereTheRunIsNow(SparkSession spark) {
        DemoAudit demo = new DemoAudit(folder);
        String fog = "interventions=[corruption(fog)]";
        String moved = folder.resolve("moved").toString();
        ReferenceRun.write(
                spark,
                moved,
                demo.plan("night", fog),
                Map.of("corruption.error.mean[fog]", 0.25, "corruption.clean-error.mean", 0.25));
        Map<String, Double> values = new HashMap<>(Map.of("corruption.error.mean[fog]", 0.5));
        values.put("corruption.relative-mce.mean", null);
        ReferenceRun.write(
                spark,
                moved,
                demo.plan(
                        "later",
                        fog,
                        "run.output=\"nowhere://else/out\"",
                        "property-gradients.corruption-reference=night"),
                values);

        ReportStage.write(spark, moved, "later");

        assertThat(folder.resolve("moved/reports/run_id=later/report.md"))
                .content()
                .contains("on the images as they are the error of run night is 25.0%, and no larger under fog (25.0%)");
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

    @Test
    void methodsAreJudgedComparedAndSummarisedByClass(SparkSession spark) throws IOException {
        DemoAudit demo = DemoAudit.render(folder, 40);
        RunOutcome run = AuditRun.run(
                spark,
                demo.plan(
                        "report",
                        "run.shard-images=64",
                        "attribution.methods=[saliency,{method=saliency,abs=true},grad-cam]",
                        "attribution-metrics=[agreement,{metric=top-k,samples=1}]",
                        "attribution.trust.required=true",
                        "dataset.attributes=[vendor,label]"),
                false,
                new DemoAudit.Heard());
        String page = Files.readString(folder.resolve("out/reports/run_id=report/report.html"));

        // Nothing was tested, and the plan requires it: no difference in maps is a finding, and the tables have them
        // all.
        assertThat(run.established().leftOut())
                .extracting(left -> left.trust().method(), left -> left.trust().verdict())
                .containsExactly(
                        tuple("saliency(abs=false)", ExplanationTrust.Verdict.NOT_TESTED),
                        tuple("saliency(abs=true)", ExplanationTrust.Verdict.NOT_TESTED),
                        tuple("grad-cam", ExplanationTrust.Verdict.NOT_TESTED));
        assertThat(run.established().findings())
                .isNotEmpty()
                .noneMatch(finding -> finding.metric().startsWith("attribution."));
        assertThat(page)
                .contains("saliency(abs=false), saliency(abs=true), grad-cam are not evidence: no test was made: add"
                        + " model-parameter-randomisation");
        assertThat(page)
                .contains("<span>saliency(abs=true) <b class=\"mark\">not evidence</b></span>")
                .contains("Agreement of each two methods, mean over ")
                .contains("<h3>Stability by explained class</h3>", "<span class=\"name\">Top-k</span>")
                .contains("For each of the classes predicted most often, the image in the middle of its images");

        Dataset<GroupMetricRow> byTarget =
                Table.GROUP_METRICS.read(spark, demo.output()).filter("attribute = 'target'");
        Dataset<AttributionRow> maps = Table.ATTRIBUTIONS.read(spark, demo.output());
        List<String> explained =
                maps.select("target").distinct().as(Encoders.STRING()).collectAsList();
        assertThat(byTarget.collectAsList())
                .allMatch(row -> row.metric().startsWith("attribution."))
                .extracting(GroupMetricRow::group)
                .containsAll(explained);
        assertThat(Table.GAPS
                        .read(spark, demo.output())
                        .filter("attribute = 'target'")
                        .count())
                .isZero();

        // Each pair's mean over the images, both ways round; the correlation does not know which came first.
        Row pair = Table.ATTRIBUTION_METRICS
                .read(spark, demo.output())
                .filter("metric_name = 'agreement' AND method LIKE 'grad-cam%' AND detail = 'saliency(abs=true)'")
                .agg(functions.avg("value"))
                .first();
        String mean = String.format(Locale.ROOT, "%.2f", pair.getDouble(0)).replace('-', '\u2212');
        assertThat(page).contains("\">" + mean + "</td>");
    }

    /** What stands beside the numbers of a page is what `tapetum sql` can be asked. */
    private static void assertEveryStatementReturnsRows(SparkSession spark, DemoAudit demo, String page) {
        List<String> statements = Pattern.compile("<pre><code>(SELECT.*?)</code></pre>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1)
                        .replace("&#39;", "'")
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .distinct()
                .toList();
        TableViews.register(spark, demo.output(), "report");

        assertThat(statements)
                .hasSizeGreaterThan(20)
                .allSatisfy(statement -> assertThat(spark.sql(statement).takeAsList(1))
                        .as(statement)
                        .isNotEmpty());
        assertThat(page.split("<details class=\"sql\">", -1)).hasSizeGreaterThan(20);
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
        // A link to a picture has it small.
        return page.substring(0, page.indexOf(EXAMPLES)).replaceAll("(<a href=\"#image-[0-9]+\">).*?</a>", "$1");
    }
}
