package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class NoiseFieldTest {

    /** Golden: Box–Muller on SplitMix64, computed apart in Python. A change of these changes every stored result. */
    @Test
    void theFieldStaysWhatItWas() {
        NoiseField field = NoiseField.standardNormal(48);

        assertThat(field.value(0)).isEqualTo(0.8647965f);
        assertThat(field.value(1)).isEqualTo(2.137236f);
        assertThat(field.value(2)).isEqualTo(-0.7315631f);
        assertThat(field.value(3)).isEqualTo(0.86158526f);
        assertThat(field.offset(1, 48)).isEqualTo(1_254_101);
        assertThat(field.offset(12_345, 48)).isEqualTo(2_347_345);
    }

    /** Over n = 2²² draws the standard errors of these moments are 1, 1.4, 2.4 (√6) and 9.8 (√96) times n^−½. */
    @Test
    void theFieldIsStandardNormal() {
        float[] values = NoiseField.standardNormal(48).toArray();
        double[] moments = new double[5];
        double neighbours = 0;
        for (int i = 0; i < values.length; i++) {
            double power = 1;
            for (int k = 1; k < moments.length; k++) {
                power *= values[i];
                moments[k] += power / values.length;
            }

            neighbours += (double) values[i] * values[(i + 1) % values.length] / values.length;
        }

        double unit = 4 / Math.sqrt(values.length);
        assertThat(moments[1]).isCloseTo(0, within(unit));
        assertThat(moments[2]).isCloseTo(1, within(1.5 * unit));
        assertThat(moments[3]).isCloseTo(0, within(4 * unit));
        assertThat(moments[4]).isCloseTo(3, within(10 * unit));
        assertThat(neighbours).isCloseTo(0, within(unit));
    }

    @Test
    void oneFieldServesAllWindowsOfASizeClass() {
        assertThat(NoiseField.standardNormal(1)).isSameAs(NoiseField.standardNormal(3 * 224 * 224));
    }

    @Test
    void theFieldGrowsWithTheWindow() {
        assertThat(NoiseField.standardNormal(1).length()).isEqualTo(1 << 22);
        assertThat(NoiseField.standardNormal(1_000_000).length()).isEqualTo(1 << 23);
    }

    @Property(tries = 500)
    void everyWindowLiesInTheField(@ForAll long seed, @ForAll @IntRange(min = 1, max = 524_288) int window) {
        NoiseField field = NoiseField.standardNormal(window);

        assertThat(field.offset(seed, window)).isBetween(0, field.length() - window);
    }
}
