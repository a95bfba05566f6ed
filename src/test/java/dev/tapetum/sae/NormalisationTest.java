package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalisationTest {

    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    /** Tokens (4, 1), (−2, −7): μ = (1, −3), differences ±(3, 4) of length 5, s = 5/√2. */
    @Test
    void theScaleIsTheMeanLengthOverTheRootOfTheWidth() {
        Normalisation normalisation = Normalisation.of(new float[] {4, 1, -2, -7}, 2);
        assertThat(normalisation.mean()).containsExactly(1, -3);
        assertThat(normalisation.scale()).isCloseTo((float) (5 / Math.sqrt(2)), ROUNDING);
        float third = (float) (3 * Math.sqrt(2) / 5);
        float fourth = (float) (4 * Math.sqrt(2) / 5);
        assertThat(normalisation.apply(new float[] {4, 1, -2, -7}))
                .containsExactly(new float[] {third, fourth, -third, -fourth}, ROUNDING);
    }

    @Test
    void undoingGivesTheTokensBack() {
        Normalisation normalisation = new Normalisation(new float[] {0.3f, -2}, 1.7f);
        float[] tokens = {5, 6, -7, 8};
        assertThat(normalisation.undo(normalisation.apply(tokens))).containsExactly(tokens, ROUNDING);
    }

    @Test
    void tokensThatDoNotVaryOrDoNotFitAreRefused() {
        assertThatThrownBy(() -> Normalisation.of(new float[] {1, 2, 1, 2}, 2))
                .hasMessage("the tokens' scale must be a number above 0, not 0.0");
        assertThatThrownBy(() -> Normalisation.of(new float[3], 2)).hasMessage("3 floats are not some tokens of 2");
        assertThatThrownBy(() -> Normalisation.of(new float[0], 2)).hasMessage("0 floats are not some tokens of 2");
    }
}
