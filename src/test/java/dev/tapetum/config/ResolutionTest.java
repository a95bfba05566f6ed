package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionTest {
    @Test
    void aMapNeverHasMoreCellsThanPixels() {
        assertThat(Resolution.parse("full").cells(224)).isEqualTo(224);
        assertThat(Resolution.parse("28").cells(224)).isEqualTo(28);
        assertThat(Resolution.parse("28").cells(8)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10000", "1.5", "half"})
    void otherResolutionsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Resolution.parse(text));
    }
}
