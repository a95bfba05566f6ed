package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.AffineWarp;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JitterTest {

    private static final int STEPS = 2000;

    @Test
    void nothingIsMovedWhereNothingMayMove() {
        assertThat(new Jitter(0, 0, 0).warp(1, 2)).isNull();
        assertThat(new Jitter(0, 0, 0.1).warp(1, 2)).isNotNull();
        assertThat(new Jitter(0, 0.1, 0).warp(1, 2)).isNotNull();
        assertThat(new Jitter(1, 0, 0).warp(1, 2)).isNotNull();
    }

    /** The determinant is 1/factor², the angle is that of the first row; extremes of 2,000 uniform draws come near the bounds. */
    @Test
    void everyPartKeepsItsBoundsAndUsesThem() {
        Jitter jitter = new Jitter(12, 0.2, 0.05);
        double angle = 0;
        double smallest = 2;
        double largest = 0;
        double move = 0;
        for (int step = 0; step < STEPS; step++) {
            AffineWarp warp = Objects.requireNonNull(jitter.warp(9, step));
            double factor = 1 / Math.sqrt(warp.yy() * warp.xx() - warp.yx() * warp.xy());
            angle = Math.max(angle, Math.abs(Math.toDegrees(Math.atan2(warp.yx(), warp.yy()))));
            smallest = Math.min(smallest, factor);
            largest = Math.max(largest, factor);
            move = Math.max(move, Math.max(Math.abs(warp.shiftX()), Math.abs(warp.shiftY())));
        }

        assertThat(angle).isBetween(11.9, 12.0000001);
        assertThat(smallest).isBetween(0.7999999, 0.802);
        assertThat(largest).isBetween(1.198, 1.2000001);
        assertThat(move).isBetween(0.0499, 0.05);
    }

    @Test
    void aStepOfASeedHasOneMap() {
        Jitter jitter = new Jitter(12, 0.2, 0.05);

        assertThat(jitter.warp(9, 3)).isEqualTo(jitter.warp(9, 3));
        assertThat(jitter.warp(9, 3)).isNotEqualTo(jitter.warp(9, 4)).isNotEqualTo(jitter.warp(8, 3));
    }

    /** Up and down, to the left and to the right in equal parts: a mean of 2,000 lies within four of its deviations. */
    @Test
    void noSideIsPreferred() {
        double shift = 0;
        for (int step = 0; step < STEPS; step++) {
            shift += Objects.requireNonNull(new Jitter(0, 0, 1).warp(5, step)).shiftX();
        }

        assertThat(shift / STEPS).isCloseTo(0, within(4 / Math.sqrt(3 * STEPS)));
    }

    @Test
    void boundsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new Jitter(-1, 0, 0)).hasMessage("rotation must be from 0 to 180 degrees, not -1.0");
        assertThatThrownBy(() -> new Jitter(0, 1, 0)).hasMessage("scale must be from 0 to less than 1, not 1.0");
        assertThatThrownBy(() -> new Jitter(0, 0, Double.NaN)).hasMessage("translation must be from 0 to 1, not NaN");
    }
}
