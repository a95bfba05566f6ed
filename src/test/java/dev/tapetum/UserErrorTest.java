package dev.tapetum;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

final class UserErrorTest {

    @Test
    void theMistakeIsFoundAmongTheCauses() {
        UserError mistake = new UserError("manifest.csv:3: no path");

        assertThat(UserError.behind(mistake)).isSameAs(mistake);
        assertThat(UserError.behind(new SparkException("Job aborted", new IllegalStateException(mistake))))
                .isSameAs(mistake);
    }

    @Test
    void theMistakeIsFoundInTheTextThatATaskLeft() {
        Throwable job = new SparkException("Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most"
                + " recent failure: Lost task 0.3 in stage 1.0 (TID 3): dev.tapetum.UserError: model.device = gpu, but"
                + " there is none\n\tat dev.tapetum.job.ModelHost.gpu(ModelHost.java:70)\n");

        assertThat(UserError.behind(job)).hasMessage("model.device = gpu, but there is none");
    }

    @Test
    void anErrorOfOursIsNoMistakeOfTheUser() {
        assertThat(UserError.behind(new IllegalStateException("UserError"))).isNull();
    }

    @Test
    void exceptionsThatCauseEachOtherEndTheSearch() {
        Throwable a = new IllegalStateException("a");
        a.initCause(new IllegalStateException("b", a));

        assertThat(UserError.behind(a)).isNull();
    }
}
