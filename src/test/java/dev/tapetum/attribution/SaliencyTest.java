package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import org.junit.jupiter.api.Test;

/** On {@code F(x) = W x + b} the gradient of logit c is row c of W. */
final class SaliencyTest {

    private static final LinearModel LINEAR = Toys.linear();
    private static final float[] WEIGHTS = Attributing.floats(LINEAR.weights()[1]);

    @Test
    void theSaliencyOfALinearModelIsItsWeights() {
        Attribution attribution = Attributing.attribute(new Saliency(false), LINEAR, Toys.image(1), 1);

        assertThat(attribution.values().values()).isEqualTo(WEIGHTS);
        assertThat(attribution.score()).isEqualTo(LINEAR.logits(new float[][] {Toys.image(1)})[0][1]);
        assertThat(attribution.baselineScore()).isNaN();
        assertThat(attribution.completenessDelta()).isNaN();
        assertThat(attribution.evaluations()).isEqualTo(1);
    }

    @Test
    void theModulusIsTakenOnDemand() {
        float[] values = Attributing.values(new Saliency(true), LINEAR, Toys.image(1), 1);

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(Math.abs(WEIGHTS[i]));
        }
    }

    @Test
    void aSaturatedModelHasNoSaliency() {
        // f(x) = 1 − max(0, 1 − x) is flat beyond 1.
        var saturated = Attributing.ofOneNumber(1, new double[] {-1}, new double[] {-1}, new double[] {1});

        assertThat(Attributing.values(new Saliency(false), saturated, new float[] {2}, 0))
                .containsExactly(0);
        assertThat(Attributing.values(new Saliency(false), saturated, new float[] {0.5f}, 0))
                .containsExactly(1);
    }
}
