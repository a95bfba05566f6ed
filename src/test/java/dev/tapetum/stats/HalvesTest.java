package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvesTest {
    private static final int UNITS = 10_000;

    /** Hoeffding: a fair coin is off by more than √(ln(2/1e-9) / 2n) = 0.033 with a probability of at most 1e-9. */
    private static final double SLACK = 0.033;

    @Test
    void halfOfTheUnitsLieInTheFirstHalf() {
        assertThat(share(7)).isBetween(0.5 - SLACK, 0.5 + SLACK);
    }

    @Test
    void anotherSeedHalvesAnew() {
        long moved = IntStream.range(0, UNITS)
                .filter(i -> new Halves(7).isFirst("u" + i) != new Halves(8).isFirst("u" + i))
                .count();

        assertThat((double) moved / UNITS).isBetween(0.5 - SLACK, 0.5 + SLACK);
    }

    /** A unit's bucket in the bootstrap must not tell its half: of both halves half are in the lower buckets. */
    @Test
    void theHalfOfAUnitSaysNothingOnItsBucket() {
        StatisticsSettings settings = new StatisticsSettings(0.95, 100, 0.05, 30, 7);
        PoissonWeights weights = new PoissonWeights(settings);
        long low = 0;
        long first = 0;
        for (int i = 0; i < UNITS; i++) {
            if (new Halves(7).isFirst("u" + i)) {
                low += weights.bucket("u" + i) < PoissonWeights.BUCKETS / 2 ? 1 : 0;
                first++;
            }
        }

        assertThat((double) low / first).isBetween(0.5 - SLACK, 0.5 + SLACK);
    }

    private static double share(long seed) {
        return IntStream.range(0, UNITS)
                        .filter(i -> new Halves(seed).isFirst("image-" + i))
                        .count()
                / (double) UNITS;
    }
}
