package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsSettingsTest {
    @Test
    void theDefaultsAreThoseOfThePlan() {
        assertThat(StatisticsSettings.withSeed(7)).isEqualTo(new StatisticsSettings(0.95, 2000, 0.05, 30, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2000, 0.05, 30, confidence",
        "1, 2000, 0.05, 30, confidence",
        "NaN, 2000, 0.05, 30, confidence",
        "0.95, 99, 0.05, 30, bootstrap",
        "0.95, 100001, 0.05, 30, bootstrap",
        "0.95, 2000, 0, 30, false-discovery-rate",
        "0.95, 2000, 1.5, 30, false-discovery-rate",
        "0.95, 2000, 0.05, 1, min-group"
    })
    void refusesWhatMakesNoSenseAndNamesTheKey(
            double confidence, int bootstrap, double falseDiscoveryRate, int minGroup, String key) {
        assertThatThrownBy(() -> new StatisticsSettings(confidence, bootstrap, falseDiscoveryRate, minGroup, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must ");
    }
}
