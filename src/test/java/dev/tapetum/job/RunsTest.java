package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunRows;
import dev.tapetum.table.RunStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final Runs RUNS = new Runs(
            "out",
            List.of(
                    run("thursday", RunStatus.RUNNING),
                    run("wednesday", RunStatus.PARTIAL),
                    run("tuesday", RunStatus.FAILED),
                    run("monday", RunStatus.COMPLETE)));

    private static RunRow run(String id, RunStatus status) {
        Instant end = status == RunStatus.RUNNING ? null : Instant.EPOCH;
        return RunRows.run(id, Instant.EPOCH, end, status, 3, 2, 1);
    }

    @Test
    void theLastOneThatHasEndedIsMeantWhereNoneIsNamed() {
        assertThat(RUNS.ended(null, "be compared").runId()).isEqualTo("wednesday");
        assertThat(RUNS.ended("monday", "be compared").runId()).isEqualTo("monday");
        assertThat(RUNS.named("thursday").runId()).isEqualTo("thursday");
    }

    @Test
    void oneThatIsNotThereIsAnsweredWithThoseThatCouldBeMeant() {
        assertRefused(RUNS, "sunday", "There is no run 'sunday' in out; those that have ended are wednesday, monday");
        assertThatThrownBy(() -> RUNS.named("sunday"))
                .isInstanceOf(UserError.class)
                .hasMessage("There is no run 'sunday' in out; its runs are thursday, wednesday, tuesday, monday");
    }

    @Test
    void oneThatHasNotEndedWellSaysSo() {
        assertRefused(
                RUNS, "tuesday", "Run tuesday cannot be compared: it is failed, so that its tables are not complete");
        assertRefused(
                RUNS,
                "thursday",
                "Run thursday cannot be compared: it is running, so that its tables are not complete");
    }

    @Test
    void whereNoneHasEndedItIsSaidHowOneEnds() {
        Runs unfinished = new Runs("out", List.of(run("tuesday", RunStatus.RUNNING), run("monday", RunStatus.FAILED)));

        assertRefused(
                unfinished,
                null,
                "No run in out has ended well, of tuesday, monday; 'audit PLAN --resume' goes on with the last");
        assertRefused(unfinished, "sunday", "There is no run 'sunday' in out; none has ended well");
        assertRefused(
                new Runs("out", List.of()),
                null,
                "There are no runs in out; 'audit' writes one into the run.output of its plan");
    }

    private static void assertRefused(Runs runs, String runId, String message) {
        assertThatThrownBy(() -> runs.ended(runId, "be compared"))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }
}
