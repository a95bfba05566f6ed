package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.Tap;
import dev.tapetum.model.Tap.Layout;
import dev.tapetum.probe.TapShift.Along;
import dev.tapetum.probe.TapShift.Dense;
import org.junit.jupiter.api.Test;

final class TapShiftTest {

    private static final Tap TAP = new Tap("layer", Layout.TOKENS, 2, 1, 3, 1);
    private static final float[] COEFFICIENTS = {2, 0, -1};
    private static final float[] DIRECTION = {1, 3};

    /** The class token, and then 2·(1, 3), nothing and −1·(1, 3). */
    @Test
    void aDirectionGoesToEveryPositionByItsCoefficientAndNotToPrefixTokens() {
        TapShift shift = new Along(TAP, COEFFICIENTS, DIRECTION);

        assertThat(shift.delta()).containsExactly(0, 0, /**/ 2, 6, /**/ 0, 0, /**/ -1, -3);
        assertThat(shift.applied(new float[] {9, 9, /**/ 10, 20, /**/ 30, 40, /**/ 50, 60}))
                .containsExactly(9, 9, /**/ 12, 26, /**/ 30, 40, /**/ 49, 57);
    }

    /**
     * An autoencoder with one feature, {@code f = max(0, e·x)}, decoder {@code w}, scale {@code s} and mean {@code μ} (its bias
     * with it): what it makes of x is {@code s·f·w + μ}. Set to v, with its error kept, x becomes
     * {@code (x − s·f·w − μ) + (s·v·w + μ) = x + (v − f)·s·w}. With e = (1, 0), w = (3/5, 4/5), s = 10 and v = 2, the token
     * (3, 7) has f = 3 and becomes (3, 7) − 1·(6, 8) = (−3, −1); the token (−1, 5) has f = 0 and becomes (−1, 5) + 2·(6, 8).
     */
    @Test
    void aFeatureThatIsSetIsAShiftAlongItsDecoder() {
        TapShift shift = new Along(TAP, new float[] {2 - 3, 2 - 0, 0}, new float[] {6, 8});

        assertThat(shift.applied(new float[] {0, 0, /**/ 3, 7, /**/ -1, 5, /**/ 4, 4}))
                .containsExactly(0, 0, /**/ -3, -1, /**/ 11, 21, /**/ 4, 4);
    }

    @Test
    void shiftsAlongEqualNumbersAreEqual() {
        TapShift shift = new Along(TAP, COEFFICIENTS, DIRECTION);

        assertThat(new Along(TAP, COEFFICIENTS.clone(), DIRECTION.clone()))
                .isEqualTo(shift)
                .hasSameHashCodeAs(shift);
        assertThat(new Along(TAP, new float[] {2, 0, 1}, DIRECTION)).isNotEqualTo(shift);
        assertThat(new Along(TAP, COEFFICIENTS, new float[] {1, 2})).isNotEqualTo(shift);
        assertThat(new Along(new Tap("other", Layout.TOKENS, 2, 1, 3, 1), COEFFICIENTS, DIRECTION))
                .isNotEqualTo(shift);
    }

    @Test
    void aDenseShiftEqualsOneOfTheSameArrayOnly() {
        float[] tokens = {1, 2, 3, 4, 5, 6};

        assertThat(new Dense(TAP, tokens)).isEqualTo(new Dense(TAP, tokens)).hasSameHashCodeAs(new Dense(TAP, tokens));
        assertThat(new Dense(TAP, tokens)).isNotEqualTo(new Dense(TAP, tokens.clone()));
    }

    @Test
    void aShiftThatDoesNotFitItsTapIsRefused() {
        assertThatThrownBy(() -> new Along(TAP, new float[2], DIRECTION))
                .hasMessage("2 coefficients of a direction of 2 at tap 'layer' of 3 positions with 2");
        assertThatThrownBy(() -> new Along(TAP, COEFFICIENTS, new float[1]))
                .hasMessage("3 coefficients of a direction of 1 at tap 'layer' of 3 positions with 2");
        assertThatThrownBy(() -> new Along(TAP, COEFFICIENTS, new float[] {1, Float.NaN}))
                .hasMessage("A direction at tap 'layer' holds NaN");
        assertThatThrownBy(() -> new Dense(TAP, new float[8]))
                .hasMessage("8 floats to shift tap 'layer' of 3 positions with 2");
    }
}
