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
}
