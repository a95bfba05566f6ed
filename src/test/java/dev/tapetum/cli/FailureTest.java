package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.UserError;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

final class FailureTest {

    @Test
    void theUsersMistakeIsFoundAmongTheCauses() {
        Throwable job = new SparkException(
                "Job aborted due to stage failure",
                new IllegalStateException(new UserError("manifest.csv:3: no path")));

        assertThat(Failure.of(job)).isEqualTo(new Failure(ExitCode.USER_ERROR, "manifest.csv:3: no path"));
    }

    @Test
    void theUsersMistakeIsFoundInTheTextThatATaskLeft() {
        Throwable job = new SparkException("Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most"
                + " recent failure: Lost task 0.3 in stage 1.0 (TID 3): dev.tapetum.UserError: model.device = gpu, but"
                + " there is none\n\tat dev.tapetum.job.ModelHost.gpu(ModelHost.java:70)\n");

        assertThat(Failure.of(job))
                .isEqualTo(new Failure(ExitCode.USER_ERROR, "model.device = gpu, but there is none"));
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

    @Test
    void anExceptionThatCausesItselfEndsTheSearch() {
        Throwable a = new IllegalStateException("a");
        Throwable b = new IllegalStateException("b", a);
        a.initCause(b);

        assertThat(Failure.of(a).exit()).isEqualTo(ExitCode.INTERNAL_ERROR);
    }
}
