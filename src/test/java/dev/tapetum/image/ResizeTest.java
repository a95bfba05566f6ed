package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResizeTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "stretch", "shorter-side(256)"})
    void readsWhatItPrints(String text) {
        assertThat(Resize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shorter-side", "shorter-side(0)", "shorter-side(-3)", "shorter-side(100000)", "Stretch"})
    void namesTheAllowedFormsWhenItCannotRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resize.parse(text))
                .withMessageContaining("none, stretch or shorter-side(N)")
                .withMessageEndingWith("not '" + text + "'");
    }

    /** 256 * 500 / 375 = 341.33. */
    @Test
    void theLongerSideIsCutToWholePixels() {
        Resize shorterSide = new Resize.ShorterSide(256);
        Resize.Size input = new Resize.Size(224, 224);

        assertThat(shorterSide.scaled(new Resize.Size(500, 375), input)).isEqualTo(new Resize.Size(341, 256));
        assertThat(shorterSide.scaled(new Resize.Size(375, 500), input)).isEqualTo(new Resize.Size(256, 341));
        assertThat(shorterSide.scaled(new Resize.Size(9, 9), input)).isEqualTo(new Resize.Size(256, 256));
    }
}
