package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CriterionTest {

    private static final double[] SIZES = {1, 3, 0, 2, 4, 2};

    @Test
    void theShareIsThatOfTheChosenPixels() {
        // (3 + 4) / 12, and the other way round.
        assertThat(new Criterion.Share(pixels(1, 4), 1).value(SIZES)).isCloseTo(7 / 12.0, within(1e-12));
        assertThat(new Criterion.Share(pixels(1, 4), -1).value(SIZES)).isCloseTo(-7 / 12.0, within(1e-12));
    }

    @Test
    void theCentreIsMeasuredFromWhereItWas() {
        // On two rows of three, {0, 0, 1, 0, 0, 1} has its centre at (½, 2); all mass at pixel 0 moves it there by (½,
        // 2).
        Criterion.Centre centre = Criterion.Centre.of(new double[] {0, 0, 1, 0, 0, 1}, 3);

        assertThat(centre.value(new double[] {5, 0, 0, 0, 0, 0})).isCloseTo(-4.25, within(1e-12));
    }

    static Stream<Criterion> criteria() {
        return Stream.of(
                new Criterion.Share(pixels(0, 2, 5), 1),
                new Criterion.Share(pixels(3), -1),
                Criterion.Centre.of(new double[] {0, 0, 1, 0, 0, 1}, 3));
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void theSlopesAreThoseOfTheValueAndKnowNoScale(Criterion criterion) {
        double[] slopes = criterion.slopes(SIZES);
        double along = 0;
        for (int i = 0; i < SIZES.length; i++) {
            double[] up = SIZES.clone();
            double[] down = SIZES.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            assertThat(slopes[i]).isCloseTo((criterion.value(up) - criterion.value(down)) / 2e-6, within(1e-6));
            along += slopes[i] * SIZES[i];
        }

        // A function that does not change with the scale has no slope along its argument.
        assertThat(along).isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void aMapOfZerosHasNoSlopes(Criterion criterion) {
        assertThat(criterion.slopes(new double[6])).containsOnly(0);
    }

    private static BitSet pixels(int... indices) {
        BitSet pixels = new BitSet();
        for (int index : indices) {
            pixels.set(index);
        }

        return pixels;
    }
}
