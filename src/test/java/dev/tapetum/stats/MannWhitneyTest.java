package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {

    @Test
    void countsPairsAndTiesHalf() {
        // 3 beats 1 and 2, 2 beats 1 and ties with 2: 2 + 1.5.
        assertThat(MannWhitney.u(new double[] {3, 2}, new double[] {1, 2})).isEqualTo(3.5);
    }

    @Test
    void equalsThePlainCountOfPairs() {
        Random random = new Random(5);
        for (int repetition = 0; repetition < 40; repetition++) {
            // Few different numbers, so that most have ties.
            double[] first =
                    random.ints(random.nextInt(6), 0, 6).asDoubleStream().toArray();
            double[] second =
                    random.ints(random.nextInt(6), 0, 6).asDoubleStream().toArray();
            double pairs = 0;
            for (double x : first) {
                for (double y : second) {
                    pairs += x > y ? 1 : x == y ? 0.5 : 0;
                }
            }

            assertThat(MannWhitney.u(first, second)).isEqualTo(pairs);
        }
    }
}
