package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinnedSumsTest {
    private static final int[] FIRST = {0};

    private static BinnedSums of(List<Double> values) {
        BinnedSums sums = BinnedSums.ofNumbers();
        values.forEach(value -> sums.add(0, value, 1));
        return sums;
    }

    /** The spread of the exponents decides how often the bins are raised; 200 orders of magnitude, and back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 45, 90, 200, 700})
    void theSumIsTheSameToTheLastBitInAnyOrderAndAnyParts(int exponents) {
        SplittableRandom random = new SplittableRandom(exponents);
        for (int run = 0; run < 100; run++) {
            List<Double> values = new ArrayList<>();
            double largest = 0;
            double exact = 0;
            for (int i = 0; i < 60; i++) {
                double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(exponents) - exponents / 2);
                values.add(value);
                largest = Math.max(largest, Math.abs(value));
                exact += value;
            }

            double sum = of(values).value(0);
            assertThat(sum).isCloseTo(exact, within(60 * 0x1p-40 * largest));
            Collections.shuffle(values, new Random(run));
            BinnedSums left = of(values.subList(0, 25));
            left.accumulate(of(values.subList(25, 60)), 1, FIRST, 1);
            assertThat(left.value(0)).isEqualTo(sum);
            BinnedSums right = of(values.subList(25, 60));
            right.accumulate(of(values.subList(0, 25)), 1, FIRST, 1);
            assertThat(right.value(0)).isEqualTo(sum);
        }
    }

    /** Of numbers about 1 nothing above 2^-60 is lost. */
    @Test
    void aboutOneTheyHaveAsManyDigitsAsADouble() {
        assertThat(of(List.of(0.1, 0.7, -0.3)).value(0)).isCloseTo(0.5, within(0x1p-53));
        assertThat(of(List.of(0.1)).value(0)).isEqualTo(0.1);
        assertThat(of(List.of(1e-9)).value(0)).isCloseTo(1e-9, within(0x1p-60));
    }

    @Test
    void thePlacesOfAnotherAreMapped() {
        BinnedSums sums = of(List.of(1.0));
        BinnedSums other = BinnedSums.ofNumbers();
        other.add(0, 10, 2);
        other.add(1, 0.25, 2);
        sums.accumulate(other, 1, new int[] {3, 0}, 4);
        sums.accumulate(of(List.of(1.0)), -1, FIRST, 4);

        assertThat(sums.value(0)).isEqualTo(0.25);
        assertThat(sums.value(1)).isZero();
        assertThat(sums.value(3)).isEqualTo(10);
    }

    /** 2^40 times the largest of a bin, by doubling: neither bin overflows, and the relative error stays. */
    @ParameterizedTest
    @ValueSource(doubles = {1048575.9, 0.3, -1048575.9, 1e-7})
    void thereIsRoomForMoreNumbersThanThereAre(double x) {
        BinnedSums sums = of(List.of(x));
        for (int doubling = 0; doubling < 40; doubling++) {
            sums.accumulate(sums.copy(), 1, FIRST, 1);
        }

        assertThat(sums.value(0)).isCloseTo(x * (1L << 40), within(1e-6 * Math.abs(x) * (1L << 40)));
    }

    @Test
    void fractionsLoseLessThanTheirUnit() {
        BinnedSums sums = BinnedSums.ofFractions();
        sums.add(0, 0.1, 1);
        sums.add(0, -1, 1);
        sums.add(0, 1e-20, 1);

        assertThat(sums.value(0)).isCloseTo(-0.9, within(0x1p-40));
        assertThat(of(List.of()).value(0)).isZero();
        assertThat(of(List.of(0.0, 1e-280)).value(0)).isZero();
    }
}
