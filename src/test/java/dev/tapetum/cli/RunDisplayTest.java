package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RunDisplayTest {
    private static final int NO_TERMINAL = 0;
    private static final int WIDE = 120;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long nanos;

    private RunDisplay display(int columns, boolean quiet) {
        return new RunDisplay(new PrintStream(bytes, true, UTF_8), columns, quiet, () -> nanos);
    }

    private void secondsPass(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    private String shown() {
        return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void aTerminalHasOneLineThatIsRewrittenAndThenStays() {
        try (RunDisplay display = display(WIDE, false)) {
            display.step("Auditing");
            display.progress(10, 0, 40, 10);
            display.progress(20, 0, 40, 10);
            display.step("Writing tables");
        }

        assertThat(shown())
                .isEqualTo("Auditing\n"
                        + "\r\u001b[K  10 of 40 images  25%  10.0 images/s  0 rejected  3 s left"
                        + "\r\u001b[K  20 of 40 images  50%  10.0 images/s  0 rejected  2 s left"
                        + "\r\u001b[K  20 of 40 images  50%  10.0 images/s  0 rejected  2 s left\n"
                        + "Writing tables\n");
    }

    @Test
    void aNarrowTerminalCutsTheLineBeforeItWraps() {
        try (RunDisplay display = display(20, false)) {
            display.progress(10, 0, 40, 10);

            assertThat(shown()).isEqualTo("\r\u001b[K  10 of 40 images  ");
        }
    }

    @Test
    void aLogGetsALineEveryTenSecondsAndTheLastState() {
        try (RunDisplay display = display(NO_TERMINAL, false)) {
            for (int second = 1; second <= 25; second++) {
                secondsPass(1);
                display.progress(second, 0, 25, 1);
            }
        }

        assertThat(shown()).isEqualTo("""
                          10 of 25 images  40%  1.00 images/s  0 rejected  15 s left
                          20 of 25 images  80%  1.00 images/s  0 rejected  5 s left
                          25 of 25 images  100%  1.00 images/s  0 rejected
                        """);
    }

    @Test
    void aStateIsNotShownTwice() {
        try (RunDisplay display = display(WIDE, false)) {
            display.progress(10, 0, 40, 10);
            display.progress(10, 0, 40, 10);
        }

        // Once as it changes, and once to stay.
        assertThat(shown().split("\r", -1)).hasSize(3);
    }

    @Test
    void quietShowsWarningsOnly() {
        try (RunDisplay display = display(WIDE, true)) {
            display.started("r1");
            display.step("Auditing");
            display.progress(10, 0, 40, 10);
            display.warn("The disk is nearly full");
        }

        assertThat(shown()).isEqualTo("Warning: The disk is nearly full\n");
    }

    @Test
    void theRunsIdIsKept() {
        try (RunDisplay display = display(WIDE, true)) {
            assertThat(display.runId()).isNull();
            display.started("r1");
            assertThat(display.runId()).isEqualTo("r1");
        }
    }
}
