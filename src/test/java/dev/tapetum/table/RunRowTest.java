package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RunRowTest {
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "PARTIAL"})
    void everyImageOfASettledRunIsOkOrRejected(RunStatus status) {
        assertThatThrownBy(() -> RunRows.run("r", START, START, status, 4, 2, 1))
                .hasMessage("The ledger of run r does not balance: 2 ok + 1 rejected of 4 images, " + status);
        assertThatCode(() -> RunRows.run("r", START, START, status, 3, 2, 1)).doesNotThrowAnyException();
    }

    @Test
    void aRunThatBrokeOffAccountsForNoMoreThanItsInput() {
        assertThatCode(() -> RunRows.run("r", START, START, RunStatus.FAILED, 4, 2, 1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> RunRows.run("r", START, START, RunStatus.FAILED, 2, 2, 1))
                .hasMessageContaining("ledger");
    }

    @Test
    void aRunningRunHasNoEnd() {
        assertThatThrownBy(() -> RunRows.run("r", START, START, RunStatus.RUNNING, 0, 0, 0))
                .hasMessageContaining("finishedAt");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RUNNING")
    void everyOtherRunHasOne(RunStatus status) {
        assertThatThrownBy(() -> RunRows.run("r", START, null, status, 0, 0, 0)).hasMessageContaining("finishedAt");
    }
}
