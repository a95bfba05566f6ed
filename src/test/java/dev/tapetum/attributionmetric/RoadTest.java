package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.model.LinearModel;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pixels (0.5, 0, 1, 0) with weights (4, 1, 1, 1): attributions (2, 0, 1, 0), so the order is 0, 2, 1, 3. */
final class RoadTest {

    private static final LinearModel MODEL = Measuring.row(4, 1, 1, 1);
    private static final float[] PIXELS = {0.5f, 0, 1, 0};
    /** The imputation is exact to a thousandth of a grey level. */
    private static final double TOLERANCE = 1e-5;

    @Test
    void theMostRelevantPixelsGoFirst() {
        // Without pixel 0: (0, 0, 1, 0), logit 1. Without 0, 2 and 1 all are as pixel 3: logit 0.
        assertThat(Measuring.measure(new Road(Road.Order.MORF, 2, 0), new InputXGradient(), MODEL, PIXELS, null))
                .isCloseTo((sigmoid(1) + sigmoid(0)) / 2, within(TOLERANCE));
    }

    @Test
    void orTheLeastRelevantOnes() {
        // Without pixel 3: (0.5, 0, 1, 1), logit 4. Without 3, 1 and 2 all are as pixel 0: logit 0.5·7.
        assertThat(Measuring.measure(new Road(Road.Order.LERF, 2, 0), new InputXGradient(), MODEL, PIXELS, null))
                .isCloseTo((sigmoid(4) + sigmoid(3.5)) / 2, within(TOLERANCE));
    }

    @Test
    void fiftyStepsAreTheOddPercentages() {
        Road road = new Road(Road.Order.MORF, 50, 0.01);

        assertThat(road.count(0, 1000)).isEqualTo(10);
        assertThat(road.count(1, 1000)).isEqualTo(30);
        assertThat(road.count(49, 1000)).isEqualTo(990);
        // One pixel stays, whatever the size.
        assertThat(road.count(49, 4)).isEqualTo(3);
    }

    @Test
    void noiseIsOnTheImputedPixelsOnlyAndTheSameForEveryMethod() {
        Road road = new Road(Road.Order.MORF, 2, 0.01);
        // The same ranking, by another method.
        float[] noisy = first(road, Measuring.explanation(new InputXGradient(), null, 4, 1, 3, 2));
        float[] again = first(road, Measuring.explanation(new Saliency(false), null, 8, 2, 6, 4));

        assertThat(noisy[0]).isNotZero().isCloseTo(0, within(0.06f));
        assertThat(new float[] {noisy[1], noisy[2], noisy[3]}).containsOnly(0);
        assertThat(again).containsExactly(noisy);
    }

    private static float[] first(Road road, Explanation explanation) {
        Round round = Objects.requireNonNull(road.program(explanation).next(Answers.NONE));
        return ((Stimulus.Pixels) round.questions().get(0).probe().stimulus()).values();
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
