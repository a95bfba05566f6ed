package dev.tapetum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawingLineTest {

    /** 68 drawings at 0.35 a second take 194 seconds. */
    @Test
    void itSaysHowFarTheDrawingHasComeAndHowLongItWillTake() {
        assertThat(new DrawingLine(12, 80, 0.35, 412).text())
                .isEqualTo("12 of 80 drawings  15%  0.35 drawings/s  412 evaluations/s  3 min 14 s left");
    }

    @Test
    void beforeTheFirstDrawingNobodyKnowsHowLong() {
        assertThat(new DrawingLine(0, 80, 0, 412).text())
                .isEqualTo("0 of 80 drawings  0%  0 drawings/s  412 evaluations/s");
    }

    @Test
    void nothingIsDoneMoreThanWholly() {
        assertThat(new DrawingLine(81, 80, 0.5, 3).text())
                .isEqualTo("80 of 80 drawings  100%  0.50 drawings/s  3.00 evaluations/s");
    }
}
