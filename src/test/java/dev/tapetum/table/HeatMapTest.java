package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatMapTest {
    /** Half a step of a half just below the largest magnitude: 11 bits of precision. */
    private static final float HALF_ROUNDING = 0x1p-11f;

    private static final float[] CELLS = {1, -2, 0.5f, 0, -0.25f, 4};

    @ParameterizedTest
    @EnumSource
    void cellsOfFewBitsComeBackInEveryFormat(MapEncoding encoding) {
        HeatMap map = HeatMap.of(2, 3, CELLS, encoding);

        assertThat(map.encoding()).isEqualTo(encoding);
        assertThat(map.cells()).containsExactly(CELLS);
    }

    @Test
    void cellsAreStoredRowByRowLittleEndian() {
        assertThat(HeatMap.of(1, 2, new float[] {1, -2}, MapEncoding.FLOAT16).map())
                .containsExactly(0x00, 0x3c, 0x00, 0xc0);
        assertThat(HeatMap.of(2, 1, new float[] {1, -2}, MapEncoding.FLOAT32).map())
                .containsExactly(0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0);
    }

    @ParameterizedTest
    @ValueSource(floats = {0x1p-14f, 1e-3f, 1, 65_504})
    void halvesAreOffByAtMostTheirRoundingOfTheLargestCell(float scale) {
        Random random = new Random(7);
        float[] cells = new float[784];

        for (int i = 0; i < cells.length; i++) {
            cells[i] = scale * (2 * random.nextFloat() - 1);
        }

        cells[0] = scale;
        HeatMap map = HeatMap.of(28, 28, cells, MapEncoding.FLOAT16);

        assertThat(map.encoding()).isEqualTo(MapEncoding.FLOAT16);
        assertThat(map.cells()).containsExactly(cells, within(scale * HALF_ROUNDING));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-5f, 1e-30f, 65_505, 1e10f})
    void cellsThatHalvesCannotHoldAreKeptWhole(float largest) {
        float[] cells = {0, largest, -largest / 3, Float.NaN};
        HeatMap map = HeatMap.of(2, 2, cells, MapEncoding.FLOAT16);

        assertThat(map.encoding()).isEqualTo(MapEncoding.FLOAT32);
        assertThat(map.cells()).containsExactly(cells);
    }

    @Test
    void aMapOfZerosFitsIntoHalves() {
        HeatMap map = HeatMap.of(1, 2, new float[2], MapEncoding.FLOAT16);

        assertThat(map.encoding()).isEqualTo(MapEncoding.FLOAT16);
        assertThat(map.cells()).containsExactly(0, 0);
    }

    @Test
    void cellsThatAreNoNumbersDoNotDecideTheFormat() {
        float[] cells = {Float.NaN, Float.NEGATIVE_INFINITY, 1};
        HeatMap map = HeatMap.of(3, 1, cells, MapEncoding.FLOAT16);

        assertThat(map.encoding()).isEqualTo(MapEncoding.FLOAT16);
        assertThat(map.cells()).containsExactly(cells);
    }

    @Test
    void cellsThatDoNotFillTheShapeAreRefused() {
        assertThatThrownBy(() -> HeatMap.of(2, 2, CELLS, MapEncoding.FLOAT32))
                .hasMessage("6 cells do not make a map of 2 x 2");
        assertThatThrownBy(() -> new HeatMap(2, 2, MapEncoding.FLOAT16, new byte[7]))
                .hasMessage("A map of 2 x 2 cells in FLOAT16 cannot have 7 bytes");
    }
}
