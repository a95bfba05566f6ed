package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AskTest {

    private static final float[] LOGITS = {0.3f, -1.2f, 2.1f, 0.9f};

    /** By float32 logits, of which a difference of 2⁻⁷ keeps five digits; its own error is of order 2⁻¹⁴. */
    private static final double TOLERANCE = 3e-5;

    private static final float STEP = 0x1p-7f;

    @Test
    void theCotangentOfTheSpreadIsItsDerivative() {
        float[] cotangent = new Ask.InputGradient(0, Ask.Output.SPREAD).cotangent(LOGITS);

        for (int k = 0; k < LOGITS.length; k++) {
            double difference = (variance(k, STEP) - variance(k, -STEP)) / (2 * STEP);
            assertThat((double) cotangent[k]).isCloseTo(difference, within(TOLERANCE));
        }
    }

    /** Probabilities ¾ and ¼: {@code ∂/∂F₀ = p₀ (p₀ − p₀² − p₁²) = ¾ (¾ − 10/16) = 3/32}, and the other the opposite. */
    @Test
    void theCotangentOfTheSpreadOfTwoClassesIsKnownByHand() {
        float[] cotangent = new Ask.InputGradient(0, Ask.Output.SPREAD).cotangent(new float[] {(float) Math.log(3), 0});

        assertThat(cotangent).containsExactly(new float[] {3 / 32f, -3 / 32f}, within(1e-7f));
    }

    @Test
    void twoQuestionsForTheSpreadAreOneWhateverTheirTarget() {
        assertThat(new Ask.InputGradient(3, Ask.Output.SPREAD)).isEqualTo(new Ask.InputGradient(1, Ask.Output.SPREAD));
        assertThat(new Ask.InputGradient(3)).isNotEqualTo(new Ask.InputGradient(1));
    }

    private static double variance(int k, float step) {
        float[] moved = LOGITS.clone();
        moved[k] += step;
        return Softmax.of(moved).variance();
    }
}
