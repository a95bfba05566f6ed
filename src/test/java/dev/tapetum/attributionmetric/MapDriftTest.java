package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MapDriftTest {
    private static final float[] MAP = {1, -2, 3, 4};

    @Test
    void aMapHasNotDriftedFromItself() {
        assertThat(MapDrift.ofRanks(MAP, MAP.clone())).isZero();
        assertThat(MapDrift.ofCosine(MAP, MAP.clone())).isZero();
    }

    @Test
    void ranksAreOfAbsoluteValuesAndCosinesOfSignedOnes() {
        float[] opposite = {-1, 2, -3, -4};

        assertThat(MapDrift.ofRanks(MAP, opposite)).isCloseTo(0, within(1e-12));
        assertThat(MapDrift.ofCosine(MAP, opposite)).isCloseTo(2, within(1e-12));
    }

    @Test
    void workedByHand() {
        // Sizes 1, 2, 3, 4 against 2, 1, 4, 3: ρ = 1 − 6 · 4/(4 · 15) = 0.6. Dot product 2 − 2 + 12 + 12 = 24, both of
        // length √30.
        float[] other = {2, 1, 4, 3};

        assertThat(MapDrift.ofRanks(MAP, other)).isCloseTo(0.4, within(1e-12));
        assertThat(MapDrift.ofCosine(MAP, other)).isCloseTo(1 - 24.0 / 30, within(1e-12));
    }

    @Test
    void whatCannotBeComparedIsNotANumber() {
        assertThat(MapDrift.ofRanks(MAP, new float[] {1, 1, 1, 1})).isNaN();
        assertThat(MapDrift.ofRanks(new float[4], new float[4])).isNaN();
        assertThat(MapDrift.ofCosine(MAP, new float[4])).isNaN();
        assertThat(MapDrift.ofCosine(new float[4], new float[4])).isNaN();
        assertThat(MapDrift.ofRanks(MAP, new float[] {1, 2})).isNaN();
        assertThat(MapDrift.ofCosine(MAP, new float[] {1, 2})).isNaN();
        assertThat(MapDrift.ofRanks(MAP, new float[] {1, Float.NaN, 2, 3})).isNaN();
    }
}
