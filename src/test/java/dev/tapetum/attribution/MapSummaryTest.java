package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MapSummaryTest {
    private static final double ROUNDING = 1e-12;

    @Test
    void aSinglePixelIsTheCentre() {
        // Two rows of four; the pixel is the second of the lower row: its middle is 1.5 of 4 across and 1.5 of 2 down.
        MapSummary summary = MapSummary.of(new float[] {0, 0, 0, 0, 0, -3, 0, 0}, 4);

        assertThat(summary.centreX()).isCloseTo(1.5 / 4, within(ROUNDING));
        assertThat(summary.centreY()).isCloseTo(1.5 / 2, within(ROUNDING));
    }

    @Test
    void theCentreIsThatOfTheAbsoluteValues() {
        // One at the left end, three of either sign at the right end of a row of two: (0.25 · 1 + 0.75 · 3) / 4.
        MapSummary summary = MapSummary.of(new float[] {1, -3}, 2);

        assertThat(summary.centreX()).isCloseTo(0.625, within(ROUNDING));
        assertThat(summary.centreY()).isCloseTo(0.5, within(ROUNDING));
        assertThat(MapSummary.of(new float[6], 3).centreX()).isNaN();
        assertThat(MapSummary.of(new float[6], 3).centreY()).isNaN();
        assertThat(MapSummary.of(new float[] {1, 1, 1, 1, 1, 1}, 3).centreX()).isCloseTo(0.5, within(ROUNDING));
    }
}
