package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void theRateSurvivesAnotherNumberOfTrials() {
        assertThat(new Proportion(30, 120).outOf(8)).isEqualTo(new Proportion(2, 8));
    }

    @Test
    void withoutTrialsThereIsNoRate() {
        assertThat(new Proportion(0, 0).rate()).isNaN();
        assertThat(new Proportion(0, 0).outOf(0)).isEqualTo(new Proportion(0, 0));
    }

    @Test
    void moreSuccessesThanTrialsAreRefused() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("3.0 successes out of 2.0");
    }
}
