package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.job.TrainingNews;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingLineTest {

    private static String line(long step, double rate) {
        List<TrainingNews.Learnt> learnt =
                List.of(new TrainingNews.Learnt("top-k", 0.2144, 32), new TrainingNews.Learnt("relu", 0.5, 101.26));
        return new TrainingLine(new TrainingNews(0, step, 1000, 2048, rate, learnt)).text();
    }

    /** 750 steps of 2048 tokens are left, at 10,240 tokens a second 150 seconds. */
    @Test
    void stepsLossesSpeedAndTheTimeThatIsLeft() {
        assertThat(line(250, 10_240))
                .isEqualTo("step 250 of 1,000  25%  10,240 tokens/s  top-k 0.214 (L0 32.0), relu 0.500 (L0 101.3)"
                        + "  2 min 30 s left");
    }

    @Test
    void nothingIsLeftAtTheEnd() {
        assertThat(line(1000, 10_240)).endsWith("relu 0.500 (L0 101.3)");
    }
}
