package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PatchOutlineTest {
    /** Two patches side by side in a corner: the line between them is not drawn, and the edge of the picture is. */
    @Test
    void patchesThatTouchHaveOneOutline() {
        assertThat(PatchOutline.of(2, 3, new float[] {1, 2, 0, 0, 0, 0}, 0))
                .isEqualTo("M0 0h2" + "M0 1h2" + "M0 0v1" + "M2 0v1");
    }

    /** An L of three patches: its inner corner is at (1, 1). */
    @Test
    void anOutlineFollowsItsCorners() {
        assertThat(PatchOutline.of(2, 2, new float[] {1, 0, 1, 1}, 0))
                .isEqualTo("M0 0h1" + "M1 1h1" + "M0 2h2" + "M0 0v2" + "M1 0v1" + "M2 1v1");
    }

    /** A ring: the hole has an outline of its own, along which the patches lie outside. */
    @Test
    void aHoleHasAnOutline() {
        assertThat(PatchOutline.of(3, 3, new float[] {1, 1, 1, 1, 0, 1, 1, 1, 1}, 0))
                .isEqualTo("M0 0h3" + "M1 1h1" + "M1 2h1" + "M0 3h3" + "M0 0v3" + "M1 1v1" + "M2 1v1" + "M3 0v3");
    }

    @Test
    void weakPatchesAreLeftOutAndSoAreInactiveOnesWhateverTheLimit() {
        assertThat(PatchOutline.of(1, 2, new float[] {1, 0.19f}, 0.2f)).isEqualTo("M0 0h1M0 1h1M0 0v1M1 0v1");
        assertThat(PatchOutline.of(1, 2, new float[] {1, 0.2f}, 0.2f)).isEqualTo("M0 0h2M0 1h2M0 0v1M2 0v1");
        assertThat(PatchOutline.of(1, 2, new float[] {0, 0}, 0)).isEmpty();
    }
}
