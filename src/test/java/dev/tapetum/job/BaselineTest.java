package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights that are judged against an accepted one. */
@ExtendWith(SparkExtension.class)
class BaselineTest {

    private static final String AGREES = "gate=[{ metric = prediction-agreement, max-change = 0.1 }]";

    @TempDir
    static Path folder;

    static DemoAudit demo;

    /** Sunday's model is another one than that of all later nights. */
    @BeforeAll
    static void nights(SparkSession spark) throws IOException {
        demo = DemoAudit.render(folder, 48);
        DemoModel.VIT.copyTo(folder.resolve("vit"));
        audit(spark, "sunday", "gate=[]", "model.path=\"" + folder.resolve("vit") + "\"");
        audit(spark, "monday", "gate=[]");
        new Acceptance(spark, demo.output()).accept("sunday", true);
        new Acceptance(spark, demo.output()).accept("monday", true);
    }

    private static RunOutcome audit(SparkSession spark, String id, String... options) {
        return audit(spark, new DemoAudit.Heard(), id, options);
    }

    private static RunOutcome audit(SparkSession spark, RunListener listener, String id, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "attribution.methods=[]", "statistics.bootstrap=100", "statistics.intersections=1", "slices.top=0"));
        all.addAll(List.of(options));
        return AuditRun.run(spark, demo.plan(id, all.toArray(String[]::new)), false, listener);
    }

    private static JsonNode verdict(RunOutcome outcome) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(String.valueOf(outcome.verdict())).toFile());
    }

    @Test
    void anAcceptedRunThatIsMadeAgainIsNotItsOwnBaseline(SparkSession spark) throws IOException {
        audit(spark, "again", "gate=[]");
        new Acceptance(spark, demo.output()).accept("again", true);

        assertThatThrownBy(() -> audit(spark, "again", "run.baseline=again", AGREES))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("run again would be compared with itself");
        assertThat(Table.PREDICTIONS
                        .read(spark, demo.output())
                        .where("run_id = 'again'")
                        .count())
                .isEqualTo(48);
        assertThat(new Acceptance(spark, demo.output()).accepted("again").runId())
                .isEqualTo("again");

        RunOutcome outcome = audit(spark, "again", "run.baseline=accepted", AGREES);
        assertThat(verdict(outcome).get("baseline").asText()).isEqualTo("monday");
        assertThat(outcome.run().baseline()).isEqualTo("monday");
    }

    @Test
    void aReportShowsTheVerdictsThatTheRunWasGiven(SparkSession spark) throws IOException {
        RunOutcome outcome = audit(
                spark,
                "tuesday",
                "run.baseline=monday",
                "statistics.intersections=2",
                "gate=[{ metric = prediction-agreement, max-change = 0.1 },"
                        + " { metric = selection-rate, max-change = 0.9 },"
                        + " { metric = accuracy, attribute = \"site × tag\", group = \"harbour × no\", max-change = 0.9 }]");
        assertThat(outcome.verdicts())
                .as(outcome.verdicts().toString())
                .extracting(one -> one.status())
                .containsExactly(GateStatus.PASS, GateStatus.PASS, GateStatus.PASS);
        Path report = folder.resolve("out/reports/run_id=tuesday/report.md");
        String written = Files.readString(report);
        assertThat(written).contains(outcome.verdicts().get(0).statement());

        // Against Sunday the same rule fails.
        assertThat(CompareStage.compare(spark, demo.output(), "sunday", "tuesday", List.of())
                        .verdicts())
                .first()
                .extracting(one -> one.status())
                .isEqualTo(GateStatus.FAIL);
        ReportStage.write(spark, demo.output(), "tuesday");
        assertThat(report).hasContent(written);
    }
}
