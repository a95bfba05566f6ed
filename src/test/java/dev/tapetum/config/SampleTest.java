package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    @Test
    void aSampleIsANumberOrAShare() {
        assertThat(Sample.parse("2000").isFraction()).isFalse();
        assertThat(Sample.parse("2000").count()).isEqualTo(2000);
        assertThat(Sample.parse("2.5%").isFraction()).isTrue();
        assertThat(Sample.parse("2.5%").fraction()).isEqualTo(0.025);
        assertThat(Sample.parse("100%").fraction()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0%", "101%", "-5", "0.5", "5 %", "%"})
    void otherSamplesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.parse(text))
                .withMessage("must be a number of images such as 2000 or a share such as 5%, not '" + text + "'");
    }
}
