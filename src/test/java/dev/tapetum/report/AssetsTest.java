package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"vega", "vega-lite"})
    void theScriptsAreOnTheClassPathWithoutALinkToAnythingElse(String name) {
        assertThat(Assets.webjar(name)).hasSizeGreaterThan(100_000).doesNotContain("sourceMappingURL");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Assets.text("nowhere.css")).hasMessage("The class path lacks nowhere.css");
    }
}
