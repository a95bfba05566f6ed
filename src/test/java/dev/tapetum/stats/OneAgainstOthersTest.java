package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OneAgainstOthersTest {

    /**
     * Others 0 and 2: mean 1, s = √2, t = (x − 1)/(√2 √(3/2)) = (x − 1)/√3. Student's distribution with one degree of freedom is
     * Cauchy's, P(T > t) = 1/2 − atan(t)/π: at x = 4 t = √3 and p = 1/2 − 1/3 = 1/6; at x = 2 t = 1/√3 and p = 1/2 − 1/6 = 1/3.
     */
    @Test
    void oneDegreeOfFreedomIsCauchys() {
        double[] others = {0, 2};

        assertThat(OneAgainstOthers.of(4, others).pValueOfLarger()).isCloseTo(1 / 6.0, within(1e-12));
        assertThat(OneAgainstOthers.of(2, others).pValueOfLarger()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(OneAgainstOthers.of(1, others).pValueOfLarger()).isCloseTo(0.5, within(1e-12));
        assertThat(OneAgainstOthers.of(-2, others).pValueOfLarger()).isCloseTo(5 / 6.0, within(1e-12));
        // P(|T| > √3) = 1/3.
        assertThat(OneAgainstOthers.of(9, others).reach(2 / 3.0)).isCloseTo(3, within(1e-9));
    }

    @Test
    void nothingIsToldByFewerThanTwoOthersOrByOthersThatAreAllEqual() {
        assertThat(OneAgainstOthers.of(4, new double[] {1}).pValueOfLarger()).isNaN();
        assertThat(OneAgainstOthers.of(1, new double[] {1}).pValueOfLarger()).isNaN();
        assertThat(OneAgainstOthers.of(4, new double[0]).pValueOfLarger()).isNaN();
        assertThat(OneAgainstOthers.of(4, new double[0]).reach(0.95)).isNaN();
        assertThat(OneAgainstOthers.of(4, new double[] {1, 1, 1}).pValueOfLarger())
                .isNaN();
        assertThat(OneAgainstOthers.of(1, new double[] {1, 1, 1}).pValueOfLarger())
                .isEqualTo(1);
        assertThat(OneAgainstOthers.of(Double.NaN, new double[] {1, 2}).pValueOfLarger())
                .isNaN();
        assertThat(OneAgainstOthers.of(1, new double[] {1, Double.NaN}).pValueOfLarger())
                .isNaN();
    }

    /** Of numbers that are all of one kind one is as rarely the outlier as the test says. */
    @Test
    void smallPValuesAreAsFrequentAsTheySay() {
        Random random = new Random(3);
        int below = 0;
        for (int run = 0; run < 20_000; run++) {
            double[] others =
                    random.doubles(9, 0, 1).map(u -> random.nextGaussian()).toArray();
            below += OneAgainstOthers.of(random.nextGaussian(), others).pValueOfLarger() <= 0.05 ? 1 : 0;
        }

        // Three standard errors, √(0.05 · 0.95 / 20,000) = 0.0015.
        assertThat(below / 20_000.0).isCloseTo(0.05, within(0.0046));
    }
}
