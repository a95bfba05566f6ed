package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PixelRankingTest {

    @Test
    void ordersByValueAndThenByIndex() {
        float[] values = {-1, 2, 0, -0f, 2, -3};

        assertThat(order(PixelRanking.descending(values))).containsExactly(1, 4, 2, 3, 0, 5);
    }

    @Test
    void aRandomSetHasDifferentPixelsAndDependsOnItsSeed() {
        int[] set = order(PixelRanking.random(100, 40, 3));

        assertThat(set).hasSize(40).doesNotHaveDuplicates();
        assertThat(IntStream.of(set)).allMatch(pixel -> pixel >= 0 && pixel < 100);
        assertThat(order(PixelRanking.random(100, 40, 3))).containsExactly(set);
        assertThat(order(PixelRanking.random(100, 40, 4))).isNotEqualTo(set);
    }

    @Test
    void everyPixelIsEquallyLikely() {
        int[] drawn = new int[5];
        for (int seed = 0; seed < 5000; seed++) {
            for (int pixel : order(PixelRanking.random(5, 2, seed))) {
                drawn[pixel]++;
            }
        }

        // 2000 expected, standard deviation √(5000·0.4·0.6) = 35; five of them.
        assertThat(IntStream.of(drawn)).allMatch(count -> Math.abs(count - 2000) < 175);
    }

    private static int[] order(PixelRanking ranking) {
        return IntStream.range(0, ranking.size()).map(ranking::pixel).toArray();
    }
}
