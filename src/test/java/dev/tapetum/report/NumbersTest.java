package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0.912345, 91.2%",
        "1, 100.0%",
        "0, 0.0%",
        "0.00123, 0.1%",
        "0.00042, 0.042%",
        "-0.142, −14.2%",
        "NaN, –",
        "Infinity, –"
    })
    void sharesArePercentagesOfOneDecimalOrTwoDigits(double share, String text) {
        assertThat(Numbers.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0497123, 0.0497",
        "1.23456, 1.23",
        "0.6, 0.600",
        "123456, '123,000'",
        "-2.5, −2.50",
        "0, 0",
        "0.0000123, 1.23e−05",
        "NaN, –"
    })
    void otherNumbersHaveThreeDigits(double number, String text) {
        assertThat(Numbers.digits(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0004, < 0.001", "0.001, 0.001", "0.0361, 0.036", "1, 1.000", "NaN, –"})
    void qIsNeverShownAsZero(double q, String text) {
        assertThat(Numbers.q(q)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "42.34, 42.3 s", "161.4, 2 min 41 s", "3600, 1 h 0 min", "45296, 12 h 34 min"})
    void durationsAreInTheUnitsOfTheirSize(double seconds, String text) {
        assertThat(Numbers.duration(seconds)).isEqualTo(text);
    }

    @Test
    void aDurationJustBelowAMinuteIsNotSixtySeconds() {
        assertThat(Numbers.duration(59.97)).isEqualTo("1 min 0 s");
    }

    @Test
    void countsHaveThousandsApartAndTheirNoun() {
        assertThat(Numbers.of(1, "image")).isEqualTo("1 image");
        assertThat(Numbers.of(0, "image")).isEqualTo("0 images");
        assertThat(Numbers.of(1_234_567, "image")).isEqualTo("1,234,567 images");
    }

    @Test
    void whatDoesNotExistIsADash() {
        assertThat(Numbers.time(null)).isEqualTo("–");
        assertThat(Numbers.orNaN(null)).isNaN();
        assertThat(Numbers.time(Instant.parse("2026-03-01T22:02:41Z"))).isEqualTo("2026-03-01 22:02 UTC");
    }

    @Test
    void strengthsHaveNoZerosAtTheirEnd() {
        assertThat(Numbers.brief(-0.5)).isEqualTo("−0.5");
        assertThat(Numbers.brief(5)).isEqualTo("5");
        assertThat(Numbers.brief(360)).isEqualTo("360");
        assertThat(Numbers.brief(1200)).isEqualTo("1,200");
        assertThat(Numbers.brief(0.125)).isEqualTo("0.125");
        assertThat(Numbers.brief(Double.NaN)).isEqualTo("–");
    }

    @Test
    void numbersThatAreComparedHaveAsManyDecimals() {
        assertThat(Numbers.alike(0.4123, Double.NaN, 0.00002).apply(0.00002)).isEqualTo("0.000");
        assertThat(Numbers.alike(0.4123, 1.2).apply(0.4123)).isEqualTo("0.412");
        assertThat(Numbers.alike(0.4123, 1.2).apply(1.2)).isEqualTo("1.20");
        assertThat(Numbers.alike(0.0005).apply(0.0005)).isEqualTo("0.000500");
    }
}
