package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Outcome;
import org.junit.jupiter.api.Test;

final class BoundaryIgTest {

    /**
     * Logits (3x₁ + 4x₂ − 2, 0) at (0.6, 0.5), so F = 1.8 and the boundary is 1.8/5 away: {@code x − x' = 1.8/25 · w}
     * and {@code a = w ⊙ (x − x') = 1.8 · (9, 16)/25}. The step goes 2% and 1e-4 further, of which ten halvings leave
     * a thousandth.
     */
    @Test
    void aLinearModelIsLeftOnTheShortestWay() {
        LinearModel model =
                new LinearModel(InputSpec.raw(1, 1, 2), new double[][] {{3, 4}, {0, 0}}, new double[] {-2, 0});

        Outcome<Attribution> outcome =
                Attributing.outcome(new BoundaryIg(20, 3, 10, 5), model, new float[] {0.6f, 0.5f}, 0);

        assertThat(outcome.result().values().values())
                .containsExactly(new float[] {1.8f * 9 / 25, 1.8f * 16 / 25}, within(0.002f));
        assertThat(outcome.result().baselineScore()).isBetween(-0.002, 0.0);
        assertThat(outcome.result().completenessDelta()).isCloseTo(0, within(1e-5));
        // Two gradients at the image and two at the end, ten halvings, five nodes, the image's logits twice and the
        // baseline's.
        assertThat(outcome.result().evaluations()).isEqualTo(1 + 4 + 10 + 5 + 2);
    }

    /**
     * Logits x₁, x₁/2 + 0.15 and 4x₂ − 1.8 at (0.5, 0.5). The second is 0.1 behind and its boundary 0.1/0.5 = 0.2
     * away, straight along x₁; the third is 0.3 behind, and its boundary only 0.3/√17 = 0.073 away, {@code x − x' =
     * 0.3/17 · (1, −4)}.
     */
    @Test
    void theNearestBoundaryIsTakenAndNotThatOfTheMostProbableClass() {
        LinearModel model = new LinearModel(
                InputSpec.raw(1, 1, 2), new double[][] {{1, 0}, {0.5, 0}, {0, 4}}, new double[] {0, 0.15, -1.8});
        float[] image = {0.5f, 0.5f};

        assertThat(Attributing.values(new BoundaryIg(20, 1, 12, 3), model, image, 0))
                .containsExactly(new float[] {0.2f, 0}, within(1e-4f));
        assertThat(Attributing.values(new BoundaryIg(20, 2, 12, 3), model, image, 0))
                .containsExactly(new float[] {0.3f / 17, 0}, within(1e-4f));
    }

    /**
     * {@code F₀ = max(0, x − ½)·4} against 0.2 from x = 0.9: the step by the slope of 4, from F₀ = 1.6, lands at 0.55 − a
     * little. The boundary is at 0.55, and {@code a = F₀(0.9) − F₀(0.55) = 1.4}.
     */
    @Test
    void itIsCompleteUpToTheBoundaryOfACurvedModel() {
        TwoLayerReluModel model = new TwoLayerReluModel(
                InputSpec.raw(1, 1, 1),
                new Tap("hidden", Tap.Layout.SPATIAL, 1, 1, 1, 0),
                new double[][] {{1}},
                new double[] {-0.5},
                new double[][] {{4}, {0}},
                new double[] {0, 0.2});

        Attribution attribution = Attributing.attribute(new BoundaryIg(20, 1, 12, 50), model, new float[] {0.9f}, 0);

        assertThat(attribution.values().sum()).isCloseTo(1.4, within(0.001));
        assertThat(attribution.baselineScore()).isCloseTo(0.2, within(0.001));
    }

    @Test
    void whatIsNotPredictedAsTheTargetIsBeyondTheBoundaryAlready() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{1}, {0}}, new double[] {0, 0});

        Attribution attribution = Attributing.attribute(new BoundaryIg(5, 1, 5, 5), model, new float[] {0.5f}, 1);

        assertThat(attribution.values().values()).containsOnly(0);
        assertThat(attribution.baselineScore()).isEqualTo(attribution.score());
        assertThat(attribution.evaluations()).isEqualTo(1);
    }

    /** Logits (x + 1, 0) are positive even at black, so the way ends there: {@code a = x}, and the baseline score is 1. */
    @Test
    void withoutABoundaryTheWayEndsWhereItCameClosest() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{1}, {0}}, new double[] {1, 0});

        Attribution attribution = Attributing.attribute(new BoundaryIg(4, 1, 5, 5), model, new float[] {0.5f}, 0);

        assertThat(attribution.values().sum()).isCloseTo(0.5, within(1e-6));
        assertThat(attribution.baselineScore()).isEqualTo(1);
        assertThat(attribution.evaluations()).isEqualTo(1 + 2 * 5 + 5 + 2);
    }

    /** Equal gradients show no way, and a single class has no boundary: the image is its own baseline. */
    @Test
    void whereNoDirectionLeadsToTheBoundaryTheMapIsZero() {
        LinearModel parallel = new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{1}, {1}}, new double[] {1, 0});
        LinearModel single = new LinearModel(InputSpec.raw(1, 1, 1), new double[][] {{1}}, new double[] {1});

        assertThat(Attributing.values(new BoundaryIg(4, 1, 5, 5), parallel, new float[] {0.5f}, 0))
                .containsOnly(0);
        assertThat(Attributing.values(new BoundaryIg(4, 1, 5, 5), single, new float[] {0.5f}, 0))
                .containsOnly(0);
    }

    @Test
    void theFirstGradientIsSharedByAllWays() {
        float[] image = Toys.image(2);
        int target =
                Answer.logits(Toys.linear().logits(new float[][] {image})[0]).predicted();

        Outcome<Attribution> outcome = Attributing.outcome(new BoundaryIg(20, 2, 0, 1), Toys.linear(), image, target);

        assertThat(outcome.cost().gradientAsked()).isEqualTo(outcome.cost().gradientMade() + 1);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new BoundaryIg(0, 1, 1, 1))
                .hasMessage("attack-steps is the number of steps towards a class, at least 1, not 0");
        assertThatThrownBy(() -> new BoundaryIg(1, 0, 1, 1))
                .hasMessage("classes is the number of other classes, at least 1, not 0");
        assertThatThrownBy(() -> new BoundaryIg(1, 1, -1, 1)).hasMessage("halvings is zero or more, not -1");
        assertThatThrownBy(() -> new BoundaryIg(1, 1, 1, 0))
                .hasMessage("steps is the number of steps of the path, at least 1, not 0");
    }
}
