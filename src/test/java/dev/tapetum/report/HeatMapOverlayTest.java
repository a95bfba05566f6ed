package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HeatMapOverlayTest {
    /** Luma (299·200 + 587·100 + 114·50 + 500) / 1000 = 124 (of 124.7, whole numbers). */
    private static final int GREY = 124;

    @Test
    void aMapOfZerosLeavesTheGreyPicture() {
        assertThat(drawn(1, 1, ColourScale.DIVERGING, 0)).containsExactly(GREY, GREY, GREY);
    }

    /** Vermilion (213, 94, 0) at opacity 0.8 over 124: 124 + 0.8·89 = 195.2, 124 − 0.8·30 = 100, 124 − 0.8·124 = 24.8. */
    @Test
    void theStrongestPositiveCellIsVermilion() {
        assertThat(drawn(1, 1, ColourScale.DIVERGING, 3)).containsExactly(195, 100, 25);
    }

    /** Blue (0, 114, 178): 124 − 0.8·124 = 24.8, 124 − 0.8·10 = 116, 124 + 0.8·54 = 167.2. */
    @Test
    void theStrongestNegativeCellIsBlue() {
        assertThat(drawn(1, 1, ColourScale.DIVERGING, -3)).containsExactly(25, 116, 167);
    }

    /** Yellow (254, 220, 90): 124 + 0.8·130 = 228, 124 + 0.8·96 = 200.8, 124 − 0.8·34 = 96.8. */
    @Test
    void theStrongestCellOfASequentialMapIsYellow() {
        assertThat(drawn(1, 1, ColourScale.SEQUENTIAL, 0.001f)).containsExactly(228, 201, 97);
    }

    /**
     * Cells 0 and 4 over four pixels. The centres of the pixels lie at −¼, ¼, ¾ and 1¼ cells from the centre of the
     * first cell, so that the strengths are 0, ¼, ¾ and 1, and red is 124 + 0.8·strength·89.
     */
    @Test
    void strengthsAreInterpolatedBetweenCentresAndFlatBeyondThem() {
        int[] pixels = drawn(4, 1, ColourScale.DIVERGING, 0, 4);

        assertThat(new int[] {pixels[0], pixels[3], pixels[6], pixels[9]}).containsExactly(124, 142, 177, 195);
    }

    @Test
    void rowsAreInterpolatedAsColumnsAre() {
        RgbImage tall = HeatMapOverlay.of(2, 1, new float[] {0, 4}).over(picture(1, 4), ColourScale.DIVERGING);

        assertThat(tall.rgb()).isEqualTo(bytes(drawn(4, 1, ColourScale.DIVERGING, 0, 4)));
    }

    /** Of 200 cells, ⌈0.99·200⌉ = 198 are at most 2, and the two of 1000 do not change the scale: 1 of 2 is half. */
    @Test
    void aFewGlaringCellsDoNotDarkenTheOthers() {
        float[] cells = new float[200];
        Arrays.fill(cells, 2);
        cells[0] = 1000;
        cells[1] = -1000;
        cells[2] = 1;

        float[] strengths = HeatMapOverlay.of(10, 20, cells).strengths();

        assertThat(Arrays.copyOf(strengths, 4)).containsExactly(1, -1, 0.5f, 1);
    }

    @Test
    void aMapWithOneCellIsScaledByIt() {
        float[] cells = new float[400];
        cells[7] = 0.25f;

        assertThat(HeatMapOverlay.of(20, 20, cells).strengths()[7]).isEqualTo(1);
    }

    @Test
    void cellsThatAreNoNumbersCountAsZero() {
        assertThat(HeatMapOverlay.of(1, 4, new float[] {Float.NaN, Float.POSITIVE_INFINITY, -2, 1})
                        .strengths())
                .containsExactly(0, 0, -1, 0.5f);
        assertThat(HeatMapOverlay.of(1, 1, new float[] {Float.NaN}).strengths()).containsExactly(0);
    }

    @Test
    void aMapOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> HeatMapOverlay.of(2, 2, new float[3]))
                .hasMessage("3 cells do not make a map of 2 x 2");
    }

    private static int[] drawn(int width, int height, ColourScale scale, float... cells) {
        byte[] rgb = HeatMapOverlay.of(1, cells.length, cells)
                .over(picture(width, height), scale)
                .rgb();
        int[] levels = new int[rgb.length];
        Arrays.setAll(levels, i -> rgb[i] & 0xFF);

        return levels;
    }

    private static byte[] bytes(int[] levels) {
        byte[] bytes = new byte[levels.length];

        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) levels[i];
        }

        return bytes;
    }

    private static RgbImage picture(int width, int height) {
        byte[] rgb = new byte[3 * width * height];

        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) 200;
            rgb[i + 1] = 100;
            rgb[i + 2] = 50;
        }

        return new RgbImage(width, height, rgb);
    }
}
