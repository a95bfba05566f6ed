package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EffectiveUnitsTest {
    @Test
    void clustersOfOneTwoAndThreeAreKishsNumber() {
        // (1 + 2 + 3)²/(1 + 4 + 9) = 2.571; of their buckets 14 − 36/2048 = 13.98 instead of 14.
        assertThat(EffectiveUnits.of(3, 6, 14)).isCloseTo(2.571, within(1e-3));
        assertThat(EffectiveUnits.ofClusters(3, 6, 14)).isCloseTo(2.574, within(1e-3));
    }

    @Test
    void thereAreNoMoreThanThereAre() {
        assertThat(EffectiveUnits.ofClusters(3, 6, 12)).isEqualTo(3);
        assertThat(EffectiveUnits.ofClusters(0, 0, 0)).isZero();
    }

    @Test
    void clustersAreCountedByTheirBuckets() {
        assertThat(EffectiveUnits.clustersIn(40, 40, 40)).isEqualTo(40);
        assertThat(EffectiveUnits.clustersIn(40, 4, 40)).isEqualTo(4);
        assertThat(EffectiveUnits.clustersIn(40, 0, 40)).isZero();
        assertThat(EffectiveUnits.clustersIn(9_000_000, 2048, 2048)).isEqualTo(9_000_000);

        // Half of 4,000 in 2048·(1 − exp(−2000/2048)) = 1277 of 2048·(1 − exp(−4000/2048)) = 1757 buckets.
        assertThat((double) EffectiveUnits.clustersIn(4000, 1277, 1757)).isCloseTo(2000, within(5.0));
    }
}
