package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlateauTest {

    /** Means over two of 10, 11.5 and 11.6: grown by 15% and then by less than 1%. */
    @Test
    void itIsReachedWhenTheMeanHasHardlyGrown() {
        assertThat(reachedAfter(2, 0.01, 9, 11, 11, 12, 11.6, 11.6, 50, 50)).isEqualTo(6);
    }

    /** From −10 to −9.95, half a per cent; from −10 to −9.8, two; falling is not growing. */
    @Test
    void growthIsMeasuredByTheSizeOfWhatWasBefore() {
        assertThat(reachedAfter(1, 0.01, -10, -9.95)).isEqualTo(2);
        assertThat(reachedAfter(1, 0.01, -10, -9.8)).isEqualTo(-1);
        assertThat(reachedAfter(1, 0.01, 5, 4)).isEqualTo(2);
    }

    @Test
    void withoutPatienceItIsNeverReached() {
        assertThat(reachedAfter(0, 0.01, 1, 1, 1, 1, 1, 1)).isEqualTo(-1);
    }

    /** @return −1 if it is not reached */
    private static int reachedAfter(int patience, double tolerance, double... logits) {
        Plateau plateau = new Plateau(patience, tolerance);
        int steps = 0;
        for (double logit : logits) {
            plateau.add(logit);
            steps++;
            if (plateau.reached()) {
                return steps;
            }
        }

        return -1;
    }
}
