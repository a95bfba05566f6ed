package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

    private static ExactSum of(List<Double> values) {
        ExactSum sum = new ExactSum();
        values.forEach(sum::add);
        return sum;
    }

    private static double exact(List<Double> values) {
        return values.stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                0.1,
                -1e-300,
                1e300,
                4294967296.0,
                -4294967295.0,
                Math.PI,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE
            })
    void aNumberIsItself(double x) {
        assertThat(of(List.of(x)).value()).isEqualTo(x + 0.0);
    }

    /** As doubles 1e300 + 1 − 1e300 would be 0. */
    @Test
    void nothingIsLostBesideALargeNumber() {
        assertThat(of(List.of(1e300, 1.0, -1e300, 1e-300)).value()).isEqualTo(1 + 1e-300);
        assertThat(of(List.of(1e-300, 1e300, -1e300)).value()).isEqualTo(1e-300);
    }

    /** Numbers of 600 binary orders of magnitude, of both signs, against decimal arithmetic without rounding. */
    @Test
    void theSumIsTheDoubleNextToItInAnyOrder() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 200; run++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                values.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(run * 3 + 1) - run));
            }

            double sum = of(values).value();
            assertThat(sum).isEqualTo(exact(values));
            Collections.shuffle(values, new Random(run));
            ExactSum left = of(values.subList(0, 20));
            ExactSum whole = left.copy();
            whole.accumulate(of(values.subList(20, 50)), 1);
            assertThat(whole.value()).isEqualTo(sum);
            whole.accumulate(left, -1);
            assertThat(whole.value()).isEqualTo(exact(values.subList(20, 50)));
        }
    }

    /** 2^40 times 1.5 by doubling: more additions than a digit takes without carrying. */
    @Test
    void digitsCarry() {
        ExactSum sum = of(List.of(-1.5));
        for (int doubling = 0; doubling < 40; doubling++) {
            sum.accumulate(sum.copy(), 1);
        }

        assertThat(sum.value()).isEqualTo(-1.5 * (1L << 40));
    }
}
