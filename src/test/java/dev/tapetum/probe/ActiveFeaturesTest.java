package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.Tap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActiveFeaturesTest {

    /** Four positions, five features; the second is never active. */
    private static final float[][] ACTIVATIONS = {
        {0, 0, 2, 1, 0.25f},
        {3, 0, 2, 0, 0},
        {1, 0, 0, 0, 0},
        {3, 0, 0, 0, 0},
    };

    /** Feature 0: max 3 first at position 1, mean (0+3+1+3)/4; feature 2: max 2 first at position 0, mean (2+2)/4. */
    @Test
    void tellsOfTheStrongestFeaturesHowTheyLieOnTheGrid() {
        ActiveFeatures features = found(ACTIVATIONS, 2);

        assertThat(features.top())
                .containsExactly(
                        new ActiveFeatures.OnGrid(0, 3, 1.75f, 3, 1), new ActiveFeatures.OnGrid(2, 2, 1, 2, 0));
    }

    @Test
    void tellsOfEveryActiveFeatureItsLargestActivation() {
        ActiveFeatures features = found(ACTIVATIONS, 1);

        assertThat(features.features()).containsExactly(0, 2, 3, 4);
        assertThat(features.maxima()).containsExactly(3, 2, 1, 0.25f);
    }

    @Test
    void ofEqualFeaturesTheFirstIsAtTheTop() {
        ActiveFeatures features = found(new float[][] {{0, 1, 1, 1}}, 2);

        assertThat(features.top()).extracting(ActiveFeatures.OnGrid::feature).containsExactly(1, 2);
    }

    @Test
    void anImageMayHaveNoActiveFeature() {
        ActiveFeatures features = found(new float[3][5], 2);

        assertThat(features.features()).isEmpty();
        assertThat(features.top()).isEmpty();
    }

    @Test
    void tellsTheGridsOfTheFeaturesThatAreAskedFor() {
        assertThat(found(ACTIVATIONS, 1, 1, 3).grids())
                .containsExactly(new float[] {0, 0, 0, 0}, new float[] {1, 0, 0, 0});
    }

    private static ActiveFeatures found(float[][] activations, int top, Integer... grids) {
        Tap tap = new Tap("inner", Tap.Layout.TOKENS, 1, 2, 2, 0);
        return ActiveFeatures.of(
                activations, new TokenEncoder.Fit(1, 4), new Ask.Features(tap, new Unused(), top, List.of(grids)));
    }

    private record Unused() implements TokenEncoder {

        @Override
        public int width() {
            return 1;
        }

        @Override
        public int features() {
            return 5;
        }

        @Override
        public float[] activations(float[] token) {
            throw new AssertionError("nothing is encoded here");
        }

        @Override
        public Fit fit(float[] token) {
            throw new AssertionError("nothing is encoded here");
        }

        @Override
        public float[] direction(int feature) {
            throw new AssertionError("nothing is steered here");
        }
    }
}
