package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Saliency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map of five pixels, the mask being the second and the third of them. */
final class LocalisationTest {

    private static final boolean[] MASK = {false, true, true, false, false};
    private static final float[] MAP = {3, 4, -9, 1, 0};

    @Test
    void theLargestPixelLiesInTheMaskOrNot() {
        assertThat(value(new PointingGame(), 3, 4, -9, 1, 0)).isEqualTo(1);
        assertThat(value(new PointingGame(), 5, 4, -9, 1, 0)).isEqualTo(0);
    }

    @Test
    void massCountsPositiveAttributionOnly() {
        // 4 of 3 + 4 + 1; the −9 does not count.
        assertThat(value(new RelevanceMass(), MAP)).isEqualTo(0.5);
        assertThat(value(new RelevanceMass(), -1, -1, -1, -1, -1)).isNaN();
    }

    @Test
    void rankFillsTheMaskWithTheLargestPixels() {
        // The mask has two pixels; the two largest values are 4 (inside) and 3 (outside).
        assertThat(value(new RelevanceRank(), MAP)).isEqualTo(0.5);
    }

    @Test
    void topPixelsAreCountedInTheMask() {
        // Three of five pixels: 4 (inside), 3 and 1 (outside).
        assertThat(value(new TopKInMask(0.6), MAP)).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        // Inside 4 and −9, outside 3, 1, 0: 4 beats all three, −9 none, so three of six pairs.
        assertThat(value(new MaskAuc(), MAP)).isEqualTo(0.5);
        // Inside 1 and 1, outside 1, 0, 0: each beats two and ties with one, (2·2 + 2·½) / 6.
        assertThat(value(new MaskAuc(), 1, 1, 1, 0, 0)).isCloseTo(5 / 6.0, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAMaskThereIsNothingToSay(boolean empty) {
        boolean[] mask = empty ? new boolean[5] : null;

        for (MapMetric metric : new MapMetric[] {
            new PointingGame(), new RelevanceMass(), new RelevanceRank(), new TopKInMask(0.5), new MaskAuc()
        }) {
            assertThat(metric.value(Measuring.explanation(new Saliency(false), mask, MAP)))
                    .isNaN();
        }
    }

    private static double value(MapMetric metric, float... map) {
        return metric.value(Measuring.explanation(new Saliency(false), MASK, map));
    }
}
