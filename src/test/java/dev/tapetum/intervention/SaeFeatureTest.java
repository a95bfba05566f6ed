package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.Painter;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.TokenEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaeFeatureTest {

    /** Logits are of size one. */
    private static final double ROUNDING = 1e-5;

    private static final TwoLayerReluModel TOY = Toys.tokens();
    private static final Tap TAP = TOY.tap();
    private static final double MAXIMUM = 2;
    private static final double OTHER_MAXIMUM = 3;
    private static final float[] RANDOM = {0.1f, -0.2f, 0.3f};

    /** Feature j is twice the token's positive part in channel j, and half a step along it. */
    private record Doubled() implements TokenEncoder {

        @Override
        public int width() {
            return 3;
        }

        @Override
        public int features() {
            return 3;
        }

        @Override
        public float[] activations(float[] token) {
            float[] activations = new float[3];
            for (int j = 0; j < 3; j++) {
                activations[j] = 2 * Math.max(0, token[j]);
            }

            return activations;
        }

        @Override
        public Fit fit(float[] token) {
            return new Fit(0, 1);
        }

        @Override
        public float[] direction(int feature) {
            float[] direction = new float[3];
            direction[feature] = 0.5f;
            return direction;
        }
    }

    private static final Materials MATERIALS = new Materials() {

        @Override
        public PlanarImage picture(String path) {
            throw new AssertionError("no picture is asked for");
        }

        @Override
        public Painter painter(String path) {
            throw new AssertionError("no painter is asked for");
        }

        @Override
        public SteeredFeature feature(SaeFeature editor) {
            return new SteeredFeature("sae", TAP, new Doubled(), MAXIMUM, 2, OTHER_MAXIMUM, RANDOM);
        }
    };

    /**
     * The toy's activation h is not negative, so that feature 1 has activation 2 h in channel 1. Set to v at every position, the
     * channel becomes {@code h + 0.5 (v − 2 h) = v/2}, whatever it was. Above the tap, logits are {@code W₂ h + b₂}.
     */
    @Test
    void setsTheFeatureInEveryPatchAndKeepsTheRest() {
        Response response = response(new SaeFeature(1, "r", -1, 2, 4, null), Control.NONE, Toys.image(3));

        assertThat(response.steps()).extracting(Response.Step::strength).containsExactly(-1.0, 0.0, 1.0, 2.0);
        for (Response.Step step : response.steps()) {
            float[] activation = activation(Toys.image(3));
            for (int t = 0; t < TAP.positions(); t++) {
                activation[TAP.index(1, t)] = (float) (step.strength() * MAXIMUM / 2);
            }

            assertLogits(step, activation);
            assertThat(step.valid()).isTrue();
            assertThat(step.distance().inside()).isZero();
        }
    }

    /** One question for the activations, and one per step. */
    @Test
    void costsOneEvaluationMoreThanItHasSteps() {
        Outcome<Response> outcome = outcome(
                new Intervention(new SaeFeature(1, "r", -1, 2, 4, null), canvas(Toys.image(3))).program(),
                Toys.image(3));

        assertThat(outcome.cost()).isEqualTo(new Cost(5, 5, 0, 0));
    }

    /** Feature 2 at multiples of its own maximum. */
    @Test
    void theOtherFeatureIsSetToMultiplesOfItsOwnMaximum() {
        Response response = response(new SaeFeature(1, "r", -1, 2, 4, null), Control.RANDOM_FEATURE, Toys.image(3));

        for (Response.Step step : response.steps()) {
            float[] activation = activation(Toys.image(3));
            for (int t = 0; t < TAP.positions(); t++) {
                activation[TAP.index(2, t)] = (float) (step.strength() * OTHER_MAXIMUM / 2);
            }

            assertLogits(step, activation);
        }
    }

    /** The coefficients v − 2 h of feature 1, along another direction. */
    @Test
    void theRandomDirectionTakesTheFeaturesOwnCoefficients() {
        Response response = response(new SaeFeature(1, "r", -1, 2, 4, null), Control.RANDOM_DIRECTION, Toys.image(3));

        for (Response.Step step : response.steps()) {
            float[] own = activation(Toys.image(3));
            float[] activation = own.clone();
            for (int t = 0; t < TAP.positions(); t++) {
                double coefficient = step.strength() * MAXIMUM - 2 * own[TAP.index(1, t)];
                for (int c = 0; c < 3; c++) {
                    activation[TAP.index(c, t)] += (float) (coefficient * RANDOM[c]);
                }
            }

            assertLogits(step, activation);
        }
    }

    /** The image has 4×4 pixels and the grid 2×2 patches, so that the upper left quarter is patch 0. */
    @Test
    void aPlaceIsThePatchesThatLieInItByHalf() {
        Place place = new Place.Square(0, 0, 0.5);
        Response response = response(new SaeFeature(1, "r", 0, 2, 3, place), Control.NONE, Toys.image(3));

        Response.Step last = response.steps().get(2);
        float[] activation = activation(Toys.image(3));
        activation[TAP.index(1, 0)] = (float) (2 * MAXIMUM / 2);
        assertLogits(last, activation);
    }

    /** Of three by three pixels patch 0 has four of its four, patches 1 and 2 have two, and patch 3 has one. */
    @Test
    void aPatchOfWhichLessThanHalfLiesInThePlaceIsLeftAlone() {
        Place place = new Place.Square(0, 0, 0.75);
        Response response = response(new SaeFeature(1, "r", 0, 2, 3, place), Control.NONE, Toys.image(3));

        float[] activation = activation(Toys.image(3));
        for (int t = 0; t < 3; t++) {
            activation[TAP.index(1, t)] = (float) (2 * MAXIMUM / 2);
        }

        assertLogits(response.steps().get(2), activation);
    }

    @Test
    void anImageWithoutTheMaskThatIsThePlaceIsLeftAlone() {
        SaeFeature editor = new SaeFeature(1, "r", 0, 2, 3, new Place.Mask());

        assertThat(editor.needs()).containsExactly(Editor.Need.MASK);
        assertThat(response(editor, Control.NONE, Toys.image(3)).steps()).isEmpty();
        assertThat(editor.sequence(canvas(Toys.image(3)).masked(new boolean[16]))
                        .edits())
                .isEmpty();
    }

    @Test
    void takingTheFeatureOutIsAlwaysAStep() {
        assertThat(strengths(-9, 9, 4)).containsExactly(-9, -3, 0, 3, 9);
        assertThat(strengths(1, 3, 3)).containsExactly(0, 1, 2, 3);
        assertThat(strengths(-3, -1, 3)).containsExactly(-3, -2, -1, 0);
        // −0.3 + 0.6 · 1/2 is not quite nothing.
        assertThat(strengths(-0.3, 0.3, 3)).containsExactly(-0.3, 0, 0.3);
        assertThat(strengths(-1, 1, 21)).hasSize(21).contains(0);
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SaeFeature(-1, "r", 0, 1, 3, null)).hasMessageContaining("feature must be");
        assertThatThrownBy(() -> new SaeFeature(1, " ", 0, 1, 3, null)).hasMessageContaining("run must be");
        assertThat(new SaeFeature(1, null, 0, 1, 3, null).run()).isNull();
        assertThatThrownBy(() -> new SaeFeature(1, "r", -11, 1, 3, null))
                .hasMessageContaining("between -10.0 and 10.0");
    }

    private static double[] strengths(double from, double to, int steps) {
        return new SaeFeature(1, "r", from, to, steps, null)
                .sequence(canvas(Toys.image(3))).edits().stream()
                        .mapToDouble(Edit::strength)
                        .toArray();
    }

    private static void assertLogits(Response.Step step, float[] activation) {
        float[] expected = TOY.headLogits(TAP, new float[][] {activation})[0];
        for (int k = 0; k < expected.length; k++) {
            assertThat((double) step.logits()[k]).isCloseTo(expected[k], within(ROUNDING));
        }
    }

    private static float[] activation(float[] image) {
        return TOY.activations(TAP, new float[][] {image})[0];
    }

    private static Canvas canvas(float[] image) {
        return new Canvas(image, TOY.input(), null, List.of(), MATERIALS, 7);
    }

    private static Response response(SaeFeature editor, Control control, float[] image) {
        return outcome(Intervention.control(editor, control, canvas(image)), image)
                .result();
    }

    private static Outcome<Response> outcome(Program<Response> program, float[] image) {
        return new Scheduler(new HostDevice(TOY), 4)
                .run(List.of(new Admission<>(image, () -> program)).iterator())
                .next();
    }
}
