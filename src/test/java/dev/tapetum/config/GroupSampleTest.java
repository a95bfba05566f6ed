package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GroupSampleTest {
    @Test
    void aNumberAShareAndANumberPerGroupAreProbabilities() {
        assertThat(GroupSample.parse("500").probability(2000)).isEqualTo(0.25);
        assertThat(GroupSample.parse("500").probability(100)).isEqualTo(1);
        assertThat(GroupSample.parse("5%").probability(100)).isEqualTo(0.05);
        assertThat(GroupSample.parse(" 50  per group").probability(200)).isEqualTo(0.25);
        assertThat(GroupSample.parse("50 per group").isPerGroup()).isTrue();
        assertThat(GroupSample.parse("5%").isPerGroup()).isFalse();
    }

    @Test
    void otherWordsAreRefused() {
        assertThatThrownBy(() -> GroupSample.parse("50 per site"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"500 per group\"")
                .hasMessageContaining("'50 per site'");
        assertThatThrownBy(() -> GroupSample.parse("0 per group")).isInstanceOf(IllegalArgumentException.class);
    }
}
