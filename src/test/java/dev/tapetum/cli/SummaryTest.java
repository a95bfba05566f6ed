package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.ExplanationTrust;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.job.ExitCode;
import dev.tapetum.job.RunOutcome;
import dev.tapetum.stats.Interval;
import dev.tapetum.table.GateStatus;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SummaryTest {
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    private static RunOutcome outcome(RunStatus status, GateStatus gate) {
        RunRow run = new RunRow(
                "tuesday",
                START,
                START.plusSeconds(100),
                status,
                gate,
                null,
                "run {}",
                "p",
                "m",
                "d",
                Map.of(),
                null,
                "0.1.0",
                2000,
                1990,
                10,
                12_000,
                9_000,
                70_000,
                60_000,
                "cpu",
                100);
        return new RunOutcome(
                run,
                List.of(),
                new Established(List.of(), List.of()),
                List.of("executor driver on cpu"),
                "out/verdict.json",
                "out/report.html");
    }

    @Test
    void theSummaryBalancesAndSaysWhereToLook() {
        String text = Summary.text(outcome(RunStatus.COMPLETE, GateStatus.PASS), "my out", "submit/tapetum");

        assertThat(text.lines())
                .startsWith("Run tuesday is complete")
                .contains(
                        "  images      2,000 = 1,990 ok + 10 rejected",
                        "  time        1 min 40 s, 20.0 images/s",
                        "  forward     12,000 evaluations asked for, 9,000 made",
                        "  gradient    70,000 evaluations asked for, 60,000 made",
                        "  model       loaded once on 1 executor (cpu)",
                        "  findings    none",
                        "  verdict     out/verdict.json",
                        "  report      out/report.html");
        assertThat(text).contains("submit/tapetum sql \"my out\" \"SELECT ");
    }

    @Test
    void rulesAreToldWithTheirLevelAndThatNothingWasFoundWithWhatWouldHaveBeen() {
        RunOutcome plain = outcome(RunStatus.COMPLETE, GateStatus.PASS);
        Gate rule = new Gate("accuracy", "site", null, 0.05, null, null, null, Gate.Level.WARNING, Gate.Undecided.FAIL);
        Evidence evidence = new Evidence("accuracy", new Group("site", "A"), 90, 0.01, Interval.NONE, 0.4);
        RunOutcome outcome = new RunOutcome(
                plain.run(),
                List.of(new GateVerdict(
                        rule, dev.tapetum.fairness.GateStatus.UNDECIDED, "Undecided: nobody knows.", null)),
                new Established(
                        List.of(Finding.of(Finding.Kind.NONE, "No difference.", evidence, "SELECT 1")), List.of()),
                plain.modelLoads(),
                plain.verdict(),
                plain.report());

        assertThat(Summary.text(outcome, "out", "submit/tapetum").lines())
                .contains(
                        "  findings    No difference.",
                        "  gate        warning: Undecided: nobody knows. The plan counts this as broken.");
    }

    @Test
    void methodsThatAreNotEvidenceAreNamed() {
        ExplanationTrust trust =
                new ExplanationTrust("deconvnet", ExplanationTrust.Verdict.NOT_EVIDENCE, false, "its maps stay");
        RunOutcome plain = outcome(RunStatus.COMPLETE, GateStatus.PASS);
        RunOutcome outcome = new RunOutcome(
                plain.run(),
                plain.verdicts(),
                new Established(List.of(), List.of(new Established.LeftOut(trust, 2))),
                plain.modelLoads(),
                plain.verdict(),
                plain.report());

        assertThat(Summary.text(outcome, "out", "submit/tapetum").lines())
                .contains(
                        "  maps        deconvnet is not evidence: its maps stay; 2 established differences of its maps"
                                + " are left out.");
        assertThat(Summary.text(plain, "out", "submit/tapetum")).doesNotContain("  maps");
    }

    @Test
    void loadsAreCountedPerExecutor() {
        assertThat(Summary.loads(List.of("executor 0 on gpu:0", "executor 1 on gpu:0")))
                .isEqualTo("loaded once on each of 2 executors (gpu:0)");
        assertThat(Summary.loads(List.of("executor 0 on cpu", "executor 0 on cpu")))
                .isEqualTo("loaded 2 times on 1 executor (cpu)");
        assertThat(Summary.loads(List.of())).startsWith("not loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, PASS, PASSED",
        "COMPLETE, NONE, PASSED",
        "COMPLETE, FAIL, GATE_FAILED",
        "PARTIAL, PASS, PARTIAL",
        "PARTIAL, FAIL, PARTIAL"
    })
    void theExitCodeTellsThePartialRunBeforeTheGate(RunStatus status, GateStatus gate, ExitCode exit) {
        assertThat(ExitCode.of(outcome(status, gate).run())).isEqualTo(exit);
    }
}
