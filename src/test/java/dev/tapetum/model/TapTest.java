package dev.tapetum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.Tap.Layout;
import org.junit.jupiter.api.Test;

/** Every activation here holds its own indices, so that what is read says where it was. */
final class TapTest {

    private static final Tap SPATIAL = new Tap("block", Layout.SPATIAL, 2, 2, 3, 0);
    private static final Tap TOKENS = new Tap("layer", Layout.TOKENS, 3, 1, 2, 2);

    /** Two channels of six positions: channel 1 starts at 6. */
    @Test
    void aTokenOfASpatialTapIsReadAcrossItsChannels() {
        assertThat(SPATIAL.tokens(indices(12)))
                .containsExactly(0, 6, /**/ 1, 7, /**/ 2, 8, /**/ 3, 9, /**/ 4, 10, /**/ 5, 11);
    }

    /** Two prefix tokens of three channels come first: the grid starts at 6. */
    @Test
    void prefixTokensAreNotOfTheGrid() {
        assertThat(TOKENS.tokens(indices(12))).containsExactly(6, 7, 8, /**/ 9, 10, 11);
    }

    @Test
    void tokensAreReadInTheOrderThatIsAskedFor() {
        assertThat(SPATIAL.tokens(indices(12), 4, 1, 1)).containsExactly(4, 10, /**/ 1, 7, /**/ 1, 7);
        assertThat(TOKENS.tokens(indices(12), 1)).containsExactly(9, 10, 11);
    }

    @Test
    void tokensAreLaidOutWhereTheyWereRead() {
        assertThat(SPATIAL.layOut(SPATIAL.tokens(indices(12)))).containsExactly(indices(12));
        assertThat(TOKENS.layOut(TOKENS.tokens(indices(12))))
                .containsExactly(0, 0, 0, /**/ 0, 0, 0, /**/ 6, 7, 8, /**/ 9, 10, 11);
    }

    @Test
    void whatIsNotOfTheTapIsRefused() {
        assertThatThrownBy(() -> SPATIAL.tokens(indices(11))).hasMessage("11 floats where tap 'block' has 12");
        assertThatThrownBy(() -> TOKENS.layOut(indices(12))).hasMessage("12 floats where tap 'layer' has 6");
        assertThatThrownBy(() -> TOKENS.tokens(indices(12), 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static float[] indices(int count) {
        float[] indices = new float[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i;
        }

        return indices;
    }
}
