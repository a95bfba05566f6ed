package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Toys;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PixelValuesTest {

    private static final Offset<Float> ROUNDING = within(1e-6f);

    @Property
    void amountsKeepTheirTotal(
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int cols,
            @ForAll @IntRange(min = 1, max = 40) int newRows,
            @ForAll @IntRange(min = 1, max = 40) int newCols,
            @ForAll int seed) {
        PixelValues map = new PixelValues(1, rows, cols, Spread.AMOUNT, Toys.image(InputSpec.raw(1, rows, cols), seed));

        PixelValues resampled = map.resampled(newRows, newCols);

        assertThat(resampled.values()).hasSize(newRows * newCols);
        // At most 1600 values of size one are stored as floats.
        assertThat(resampled.sum()).isCloseTo(map.sum(), within(1e-4));
    }

    @Property
    void levelsStayWithinTheirRange(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int newRows,
            @ForAll int seed) {
        PixelValues map = new PixelValues(1, rows, 3, Spread.LEVEL, Toys.image(InputSpec.raw(1, rows, 3), seed));

        float[] resampled = map.resampled(newRows, 7).values();

        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : map.values()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }

        for (float value : resampled) {
            assertThat(value).isBetween(low - 1e-6f, high + 1e-6f);
        }
    }

    /** Three cells into two: each new cell is one and a half old ones. Two into four: each old cell is halved. */
    @Test
    void amountsAreSharedOutByArea() {
        assertThat(row(Spread.AMOUNT, 1, 2, 4).resampled(1, 2).values()).containsExactly(new float[] {2, 5}, ROUNDING);
        assertThat(row(Spread.AMOUNT, 6, 2).resampled(1, 4).values())
                .containsExactly(new float[] {3, 3, 1, 1}, ROUNDING);
        assertThat(row(Spread.AMOUNT, 6, 2).resampled(2, 1).values()).containsExactly(new float[] {4, 4}, ROUNDING);
    }

    /**
     * The centre of new cell i lies at {@code (i + ½) · old/new − ½} of the old cells, clamped to them: for two into four at
     * −¼ → 0, ¼, ¾ and 1¼ → 1; for four into two at ½ and 2½.
     */
    @Test
    void levelsAreInterpolatedBetweenCellCentres() {
        assertThat(row(Spread.LEVEL, 0, 4).resampled(1, 4).values())
                .containsExactly(new float[] {0, 1, 3, 4}, ROUNDING);
        assertThat(row(Spread.LEVEL, 0, 4, 1, 7).resampled(1, 2).values())
                .containsExactly(new float[] {2, 4}, ROUNDING);
    }

    /** Two into three: at −⅙ → 0, ½ and 1⅙ → 1, in both directions. */
    @Test
    void levelsAreInterpolatedInBothDirections() {
        PixelValues map = new PixelValues(1, 2, 2, Spread.LEVEL, new float[] {0, 2, 4, 10});

        assertThat(map.resampled(3, 3).values()).containsExactly(new float[] {0, 1, 2, 2, 4, 6, 4, 7, 10}, ROUNDING);
    }

    @Test
    void theSameGridIsTheSameMap() {
        PixelValues map = row(Spread.AMOUNT, 1, 2, 3);

        assertThat(map.resampled(1, 3)).isSameAs(map);
    }

    @Test
    void channelsAreSummed() {
        PixelValues planes = new PixelValues(2, 1, 3, Spread.AMOUNT, new float[] {1, 2, 3, 10, 20, 30});

        assertThat(planes.channelSum().values()).containsExactly(11, 22, 33);
        assertThat(planes.sum()).isEqualTo(66);
        assertThatThrownBy(() -> planes.resampled(1, 1)).hasMessage("Sum the channels before the grid is changed");
    }

    @Test
    void aWrongNumberOfValuesIsRefused() {
        assertThatThrownBy(() -> new PixelValues(1, 2, 2, Spread.LEVEL, new float[3]))
                .hasMessage("3 values for 1x2x2");
    }

    private static PixelValues row(Spread spread, double... values) {
        return new PixelValues(1, 1, values.length, spread, Attributing.floats(values));
    }
}
