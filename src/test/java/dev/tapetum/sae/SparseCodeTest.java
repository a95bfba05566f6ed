package dev.tapetum.sae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseCodeTest {

    private static final SparseCode CODE = new SparseCode(new int[] {2, 5}, new float[] {1, 3});

    private static void assertCode(SparseCode code, int[] features, float... values) {
        assertThat(code.features()).isEqualTo(features);
        assertThat(code.values()).isEqualTo(values);
    }

    @Test
    void aLatentIsSetAddedInOrderOrTakenOut() {
        assertCode(CODE.with(5, -2), new int[] {2, 5}, 1, -2);
        assertCode(CODE.with(3, 4), new int[] {2, 3, 5}, 1, 4, 3);
        assertCode(CODE.with(0, 4), new int[] {0, 2, 5}, 4, 1, 3);
        assertCode(CODE.with(9, 4), new int[] {2, 5, 9}, 1, 3, 4);
        assertCode(CODE.with(2, 0), new int[] {5}, 3);
        assertCode(CODE.with(4, 0), new int[] {2, 5}, 1, 3);
    }

    @Test
    void aLatentThatIsNotActiveHasTheValueZero() {
        assertThat(CODE.value(5)).isEqualTo(3);
        assertThat(CODE.value(4)).isZero();
    }

    @Test
    void latentsThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> new SparseCode(new int[] {2, 2}, new float[2]))
                .hasMessage("features must ascend, not [2, 2]");
        assertThatThrownBy(() -> new SparseCode(new int[] {2}, new float[2])).hasMessage("1 features with 2 values");
    }
}
