package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    private static final double ROUNDING = 1e-7;

    /** exp(ln 3) = 3 against exp(0) = 1: three quarters and one, whatever is added to both. */
    @Test
    void probabilitiesAreSharesOfExponentialsInTheOrderOfTheLogits() {
        float three = (float) Math.log(3);

        assertThat(Softmax.of(List.of(three, 0f)).probability(0)).isCloseTo(0.75, within(ROUNDING));
        assertThat(Softmax.of(List.of(three, 0f)).probability(1)).isCloseTo(0.25, within(ROUNDING));
        assertThat(Softmax.of(new float[] {three + 900, 900}).probability(0)).isCloseTo(0.75, within(1e-4));
    }

    /** Of ¾ and ¼ about ½: one sixteenth. Of a certain class among four: (9/16 + 3/16)/4 = 3/16. Of equals: nothing. */
    @Test
    void theVarianceIsThatOverClasses() {
        assertThat(Softmax.of(new float[] {(float) Math.log(3), 0}).variance()).isCloseTo(1 / 16.0, within(ROUNDING));
        assertThat(Softmax.of(new float[] {0, 100, 0, 0}).variance()).isCloseTo(3 / 16.0, within(ROUNDING));
        assertThat(Softmax.of(new float[] {7, 7, 7}).variance()).isCloseTo(0, within(ROUNDING));
    }
}
