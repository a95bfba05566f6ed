package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.UserError;
import dev.tapetum.job.ExitCode;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

final class FailureTest {

    @Test
    void theUsersMistakeBehindAFailureIsWhatIsTold() {
        Throwable job = new SparkException(
                "Job aborted due to stage failure",
                new IllegalStateException(new UserError("manifest.csv:3: no path")));

        assertThat(Failure.of(job)).isEqualTo(new Failure(ExitCode.USER_ERROR, "manifest.csv:3: no path"));
    }

    @Test
    void everythingElseIsAnInternalErrorInOneLine() {
        assertThat(Failure.of(new IllegalStateException("first\nsecond")))
                .isEqualTo(new Failure(ExitCode.INTERNAL_ERROR, "IllegalStateException: first"));
        assertThat(Failure.of(new NullPointerException()))
                .isEqualTo(new Failure(ExitCode.INTERNAL_ERROR, "NullPointerException"));
    }

    @Test
    void aMessageWithoutEndIsCut() {
        assertThat(Failure.of(new IllegalStateException("x".repeat(10_000))).message())
                .hasSizeLessThan(600);
    }
}
