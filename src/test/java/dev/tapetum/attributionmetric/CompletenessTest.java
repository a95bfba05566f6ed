package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.PixelValues;
import dev.tapetum.attribution.Saliency;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompletenessTest {

    /** Values are single precision. */
    private static final double TOLERANCE = 1e-6;

    @Test
    void theErrorIsRelativeToWhatTheMethodPromises() {
        // 1.5 + 0.75 where F goes from 1 to 3: 0.25 too much, of 2.
        assertThat(value(1, 0.25)).isCloseTo(0.125, within(TOLERANCE));
    }

    @Test
    void aSmallTotalCountsAsTheFloor() {
        // Promised 2.25 − 2 = 0.25, and the floor is 0.5; too little counts like too much.
        assertThat(value(2.75, 2)).isCloseTo(4, within(TOLERANCE));
        assertThat(value(0, -0.5)).isCloseTo(0.5 / 2.75, within(TOLERANCE));
    }

    @Test
    void aMethodThatPromisesNoTotalHasNone() {
        assertThat(value(Double.NaN, Double.NaN)).isNaN();
    }

    private static double value(double baselineScore, double delta) {
        PixelValues values = new PixelValues(1, 1, 2, PixelValues.Spread.AMOUNT, new float[] {1.5f, 0.75f});
        Explanation any = Measuring.explanation(new Saliency(false), null, 0, 0);
        Attribution attribution = new Attribution(3, baselineScore, delta, 1, values);
        return new Completeness(0.5)
                .value(new Explanation(any.subject(), any.method(), attribution, List.of(), null, null));
    }
}
