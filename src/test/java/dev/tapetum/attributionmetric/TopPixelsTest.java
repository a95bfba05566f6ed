package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The four ways in which overlaps of flattened maps have been counted wrongly, and the plain cases. */
final class TopPixelsTest {

    @Test
    void theLargestAreTakenAndOfEqualOnesTheFirst() {
        assertThat(TopPixels.largest(new float[] {1, 3, 3, 2}, 2, 2, 2).pixels().stream())
                .containsExactly(1, 2);
        assertThat(TopPixels.largest(new float[] {1, 1, 1, 1}, 2, 2, 2).pixels().stream())
                .containsExactly(0, 1);
    }

    @Test
    void windowsDoNotRunFromTheEndOfARowIntoTheNext() {
        // Pixel 2 ends the first row of three; 3 starts the second and is two columns away.
        TopPixels end = TopPixels.largest(new float[] {0, 0, 1, 0, 0, 0}, 2, 3, 1);

        assertThat(end.within(1).pixels().stream()).containsExactly(1, 2, 4, 5);
    }

    @Test
    void everyPickOfADiverseSetIsKept() {
        // 5, then 3 (4 lies in the window of 5), then 1.
        assertThat(TopPixels.diverse(new float[] {5, 4, 3, 2, 1}, 1, 5, 3, 1).pixels().stream())
                .containsExactly(0, 2, 4);
    }

    @Test
    void aDiversePickDoesNotCoverTheStartOfTheNextRow() {
        // Two rows of four: 3 ends the first row and is taken; 4 starts the second, is the next largest, and is far
        // away.
        assertThat(TopPixels.diverse(new float[] {0, 0, 0, 9, 8, 0, 0, 7}, 2, 4, 2, 1).pixels().stream())
                .containsExactly(3, 4);
    }

    @Test
    void theFirstPixelIsAlsoTheFirstOfADiverseSet() {
        // All equal: 0, then 2, since 1 lies in the window of 0.
        assertThat(TopPixels.diverse(new float[3], 1, 3, 2, 1).pixels().stream())
                .containsExactly(0, 2);
    }

    @Test
    void theFirstPixelCountsLikeAnyOther() {
        TopPixels corner = TopPixels.largest(new float[] {9, 0, 0, 0}, 2, 2, 1);

        assertThat(corner.pixels().stream()).containsExactly(0);
        assertThat(corner.shared(corner)).isEqualTo(1);
    }

    @Test
    void aDiverseSetThatFallsShortIsMeasuredByWhatItHas() {
        // The centre's window is the whole image, so there is one pixel where four were asked for.
        float[] map = {1, 2, 3, 4, 9, 5, 6, 7, 8};
        TopPixels before = TopPixels.diverse(map, 3, 3, 4, 1);

        assertThat(before.size()).isEqualTo(1);
        assertThat(Overlap.PRECISION.of(before, before, 0)).isEqualTo(1);
        // Three where four were asked for: 0, 5, and 6, which alone lies in neither window. All are the centre's
        // neighbours.
        TopPixels after = TopPixels.diverse(new float[] {9, 0, 0, 0, 0, 8, 0, 0, 0}, 3, 3, 4, 1);
        assertThat(after.size()).isEqualTo(3);
        assertThat(Overlap.RECALL.of(before, after, 0)).isZero();
        assertThat(Overlap.RECALL.of(before, after, 1)).isEqualTo(1);
    }

    @Test
    void recallAndPrecisionLookFromEitherSide() {
        // One row of five: S = {0, 1}, S' = {1, 4}; N_1(S) = {0, 1, 2}, N_1(S') = {0, 1, 2, 3, 4}.
        TopPixels before = TopPixels.largest(new float[] {2, 1, 0, 0, 0}, 1, 5, 2);
        TopPixels after = TopPixels.largest(new float[] {0, 2, 0, 0, 1}, 1, 5, 2);

        assertThat(Overlap.PRECISION.of(before, after, 0)).isEqualTo(0.5);
        assertThat(Overlap.RECALL.of(before, after, 1)).isEqualTo(0.5);
        assertThat(Overlap.PRECISION.of(before, after, 1)).isEqualTo(1);
    }

    @Test
    void aShareIsAtLeastOnePixel() {
        assertThat(TopPixels.count(0.02, 224 * 224)).isEqualTo(1004);
        assertThat(TopPixels.count(0.02, 4)).isEqualTo(1);
    }
}
