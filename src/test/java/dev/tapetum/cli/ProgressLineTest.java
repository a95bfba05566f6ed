package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressLineTest {

    @Test
    void theLineSaysHowFarHowFastAndHowLong() {
        assertThat(new ProgressLine(1024, 3, 2000, 23.44).text())
                .isEqualTo("1,024 of 2,000 images  51%  23.4 images/s  3 rejected  42 s left");
    }

    @Test
    void beforeTheFirstImageNobodyKnowsHowLong() {
        assertThat(new ProgressLine(0, 0, 2000, 0).text()).isEqualTo("0 of 2,000 images  0%  0 images/s  0 rejected");
    }

    @Test
    void whatIsDoneHasNothingLeft() {
        assertThat(new ProgressLine(2000, 0, 2000, 812).text())
                .isEqualTo("2,000 of 2,000 images  100%  812 images/s  0 rejected");
    }

    @Test
    void noMoreIsDoneThanThereIs() {
        // A task that ran twice counts its images twice.
        ProgressLine line = new ProgressLine(2100, 2200, 2000, 812);

        assertThat(line.done()).isEqualTo(2000);
        assertThat(line.rejected()).isEqualTo(2000);
        assertThat(line.finished()).isTrue();
    }

    @Test
    void everythingIsDoneOfNothing() {
        assertThat(new ProgressLine(0, 0, 0, Double.NaN).text())
                .isEqualTo("0 of 0 images  100%  0 images/s  0 rejected");
    }

    @ParameterizedTest
    @CsvSource({"0.004,0.00", "3.456,3.46", "45.67,45.7", "812.4,812", "12345.6,'12,346'", "-1,0"})
    void ratesHaveThreeSignificantDigits(double rate, String text) {
        assertThat(ProgressLine.rate(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.2,0 s", "59.4,59 s", "59.6,1 min 0 s", "250,4 min 10 s", "4320,1 h 12 min", "360000,100 h 0 min"})
    void durationsHaveTheirTwoLargestUnits(double seconds, String text) {
        assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
    }
}
