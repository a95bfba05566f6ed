package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.AffineWarp;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RgbImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrototypeTest {

    private static final InputSpec SMALL = InputSpec.raw(3, 8, 8);
    private static final double[] GREY = filled(SMALL.size(), 0.5);

    /** Twenty steps of 0.004 in the mean square: a value whose weight is five deviations from zero ends within [0.1, 0.9]. */
    private static final Prototype SHORT = prototype(20, 0.004, StepScale.IMAGE, 0, 0);

    /** A linear model's gradient is its weights everywhere, so what grows is the weights themselves. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ofALinearModelItGrowsAlongTheWeights(long seed) {
        LinearModel model = Drawings.linear(SMALL, seed);
        Drawn drawn = Drawings.run(SHORT.program(Toys.card(model), 1, List.of(seed)), model)
                .get(0);

        // From where the start of no steps leaves the noise, to pixels of 8 bits.
        double[] way = way(drawn.values(), EquidistantStart.noise(SMALL, seed));
        assertThat(Drawings.cosine(way, model.weights()[1])).isGreaterThan(0.99);
        assertThat(drawn.steps()).isEqualTo(20);
        assertThat(drawn.logit(1)).isCloseTo(model.logits(new float[][] {drawn.values()})[0][1], within(1e-6));
    }

    /**
     * Under a constant gradient Adam's corrected moments are g and g², so each of T steps is {@code rate · g/(|g| + ε)}: up to ε/|g|,
     * its sign. For normal weights the cosine of w and sign(w) is {@code E|w|/√(E w²) = √(2/π)}; over 192 of them its deviation is
     * about 0.02.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withAStepSizePerPixelItGrowsAlongTheSignsOfTheWeights(long seed) {
        LinearModel model = Drawings.linear(SMALL, seed);
        Prototype adam = prototype(20, 0.004, StepScale.PIXEL, 0, 0);
        Sketch sketch = climbed(adam, model, 0, GREY).get(0);

        double[] way = minus(sketch.image(), GREY);
        for (int i = 0; i < way.length; i++) {
            assertThat(way[i]).isCloseTo(20 * 0.004 * Math.signum(model.weights()[0][i]), within(1e-5));
        }

        assertThat(Drawings.cosine(way, model.weights()[0])).isCloseTo(Math.sqrt(2 / Math.PI), within(0.08));
    }

    /** {@code ∂F/∂v = w/std} on the scale from 0 to 1. */
    @Test
    void whatGrowsIsTheGradientOnTheScaleOfPixels() {
        LinearModel model = Toys.linear();
        double[] grey = filled(Toys.INPUT.size(), 0.5);
        double[] way = minus(climbed(SHORT, model, 2, grey).get(0).image(), grey);

        double[] scaled = model.weights()[2].clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= Toys.INPUT.std().get(i / Toys.INPUT.pixels());
        }

        assertThat(Drawings.cosine(way, scaled)).isCloseTo(1, within(1e-9));
    }

    /** Long enough to drive every value into a corner: white where the weight is positive, black elsewhere. */
    @Test
    void itStaysAnImage() {
        LinearModel model = Toys.linear();
        Prototype far = prototype(400, 0.05, StepScale.PIXEL, 0, 0);
        Drawn drawn = Drawings.run(far.program(Toys.card(model), 0, List.of(1L)), model)
                .get(0);

        for (int i = 0; i < drawn.values().length; i++) {
            float end = model.weights()[0][i] > 0 ? 1 : 0;
            assertThat(drawn.values()[i]).isEqualTo(Toys.INPUT.level(end).get(i / Toys.INPUT.pixels()));
        }
    }

    /** Not only what is given back: nothing that the model is asked about on the way lies beyond black and white. */
    @Test
    void itIsAnImageOnTheWay() {
        Prototype far = prototype(400, 0.05, StepScale.IMAGE, 0, 0);

        for (double value :
                climbed(far, Drawings.linear(SMALL, 1), 0, GREY).get(0).image()) {
            assertThat(value).isBetween(0.0, 1.0);
        }
    }

    /** What a PNG of it holds, read as any image is, is the very input that the model was asked about. */
    @Test
    void itIsAnImageOfEightBits() {
        Model model = Toys.relu();
        Prototype some = prototype(7, 0.05, StepScale.IMAGE, 1, 0);
        Drawn drawn = Drawings.run(some.program(Toys.card(model), 0, List.of(3L)), model)
                .get(0);

        RgbImage picture = Toys.INPUT.denormalised(drawn.values()).toRgb();
        assertThat(Toys.INPUT.normalised(PlanarImage.of(picture))).containsExactly(drawn.values());
        assertThat(drawn.logits()).containsExactly(model.logits(new float[][] {drawn.values()})[0]);
    }

    @Test
    void theStartIsTheOneOfWhichTheModelThinksNothing() {
        Model model = Toys.relu();
        Prototype one = new Prototype(1, 1e-3, StepScale.IMAGE, 0, Jitter.NONE, 0, 0, 0, 500, 0.003);
        Drawn drawn = Drawings.run(one.program(Toys.card(model), 0, List.of(3L)), model)
                .get(0);

        assertThat(drawn.startVariance()).isLessThan(1e-5);
        for (int c = 0; c < model.classes(); c++) {
            // Rounding to 8 bits moves a logit by some hundredths.
            assertThat(drawn.probability(c)).isCloseTo(1 / 3.0, within(0.02));
        }
    }

    @Test
    void aPriceOnHighFrequenciesMakesItSmoother() {
        Model model = Drawings.linear(SMALL, 3);
        HighFrequency roughness = new HighFrequency(3, 8, 8);
        double last = Double.POSITIVE_INFINITY;
        for (double weight : new double[] {0, 1, 8}) {
            Prototype some = prototype(40, 0.01, StepScale.IMAGE, weight, 0);
            double now = roughness.value(climbed(some, model, 0, GREY).get(0).image());
            assertThat(now).isLessThan(0.8 * last);
            last = now;
        }
    }

    /** With F the price grows eightfold, and Adam's steps do not; eight times a float is as exact as the float. */
    @Test
    void logitsThatAreEightTimesAsSteepAreClimbedAlike() {
        TwoLayerReluModel model = Toys.relu();
        double[][] steep = Arrays.stream(model.w2())
                .map(row -> Arrays.stream(row).map(weight -> 8 * weight).toArray())
                .toArray(double[][]::new);
        double[] bias = Arrays.stream(model.b2()).map(one -> 8 * one).toArray();
        Model steeper = new TwoLayerReluModel(Toys.INPUT, model.tap(), model.w1(), model.b1(), steep, bias);
        Prototype smooth = prototype(40, 0.01, StepScale.IMAGE, 1, 0);
        double[] start = Drawings.uniform(Toys.INPUT.size(), 5);

        assertThat(climbed(smooth, steeper, 1, start).get(0).image())
                .containsExactly(climbed(smooth, model, 1, start).get(0).image(), within(1e-6));
    }

    /**
     * Where a logit has no slope at the first step, a price of that step would be none for ever. At the second ‖g‖₁ is 1, so λ is 3.
     */
    @Test
    void thePriceGoesWithTheGradientOfEveryStep() {
        InputSpec two = InputSpec.raw(1, 1, 2);
        float[] flat = {0, 0};
        float[] steep = {1, 0};
        double[] start = {0.5, 0.4};
        Sketch sketch = new Sketch(
                two, Form.PIXELS, start, new Sketch.Climb(2, 0.01, StepScale.IMAGE, 3, Jitter.NONE, 0, 0), 1);
        sketch.step(0, flat, new double[2]);
        assertThat(sketch.image()).containsExactly(0.5, 0.4);

        // The slope is (−1 + 3, −3): the first value is made smaller although the logit would have it larger, and the
        // second larger.
        sketch.step(0, steep, new double[2]);
        assertThat(sketch.image()[0]).isLessThan(0.5);
        assertThat(sketch.image()[1]).isGreaterThan(0.4);
    }

    /** All gradients are alike, so are the ways, but for what the price on it pushes apart. */
    @Test
    void aPriceOnLikenessDrivesTheSeedsOfAClassApart() {
        Model model = Toys.relu();
        Prototype alike = prototype(20, 0.01, StepScale.IMAGE, 0, 0);
        Prototype diverse = prototype(20, 0.01, StepScale.IMAGE, 0, 2);
        List<Long> seeds = List.of(1L, 2L, 3L);
        List<double[]> starts = seeds.stream()
                .map(seed -> EquidistantStart.noise(Toys.INPUT, seed))
                .toList();

        double together = likeness(Drawings.run(alike.climb(Toys.INPUT, 0, seeds, starts), model), starts);
        double apart = likeness(Drawings.run(diverse.climb(Toys.INPUT, 0, seeds, starts), model), starts);

        assertThat(alike.together()).isFalse();
        assertThat(diverse.together()).isTrue();
        assertThat(together).isGreaterThan(0.8);
        assertThat(apart).isLessThan(together - 0.3);
    }

    @Test
    void withoutDiversityASeedKnowsNothingOfTheOthers() {
        Model model = Toys.relu();
        Prototype alone = new Prototype(12, 0.02, StepScale.IMAGE, 0.1, new Jitter(5, 0.1, 0.05), 0, 4, 0.1, 50, 0.003);
        Drawn one = Drawings.run(alone.program(Toys.card(model), 1, List.of(5L)), model)
                .get(0);
        List<Drawn> several = Drawings.run(alone.program(Toys.card(model), 1, List.of(9L, 5L, 2L)), model);

        assertThat(several.get(1).values()).containsExactly(one.values());
        assertThat(several.get(0).values()).isNotEqualTo(one.values());
    }

    /** At the second look, after twice the patience; a linear model's logit grows by as much in every step. */
    @Test
    void itStopsWhereTheLogitHasStoppedToGrow() {
        LinearModel flat =
                new LinearModel(SMALL, new double[][] {new double[192], new double[192]}, new double[] {3, 3});
        Prototype patient = new Prototype(100, 0.01, StepScale.IMAGE, 0, Jitter.NONE, 0, 10, 0.01, 0, 0);

        assertThat(Drawings.run(patient.program(Toys.card(flat), 0, List.of(1L)), flat)
                        .get(0)
                        .steps())
                .isEqualTo(20);
        assertThat(Drawings.run(
                                patient.program(Toys.card(Drawings.linear(SMALL, 1)), 0, List.of(1L)),
                                Drawings.linear(SMALL, 1))
                        .get(0)
                        .steps())
                .isGreaterThan(20);
    }

    /** Where the jitter moves, what comes out is something else; where it may not, nothing is moved. */
    @Test
    void theJitterCounts() {
        Model model = Toys.relu();
        Prototype still = prototype(10, 0.02, StepScale.IMAGE, 0, 0);
        Prototype shaken = new Prototype(10, 0.02, StepScale.IMAGE, 0, new Jitter(0, 0, 0.3), 0, 0, 0, 0, 0);
        double[] start = filled(Toys.INPUT.size(), 0.5);

        assertThat(climbed(shaken, model, 0, start).get(0).image())
                .isNotEqualTo(climbed(still, model, 0, start).get(0).image());
    }

    /** {@code F(T x) = ⟨w, T x⟩}, whose gradient is {@code T* w}: one step from grey goes along it. */
    @Test
    void theGradientIsPulledBackThroughTheJitter() {
        LinearModel model = Drawings.linear(SMALL, 4);
        Jitter jitter = new Jitter(20, 0.2, 0.1);
        Prototype one = new Prototype(1, 0.01, StepScale.IMAGE, 0, jitter, 0, 0, 0, 0, 0);

        double[] way = minus(climbed(one, model, 0, GREY).get(0).image(), GREY);

        AffineWarp warp = Objects.requireNonNull(jitter.warp(1, 0));
        double[] expected = warp.pulledBack(3, 8, 8, model.weights()[0]);
        assertThat(Drawings.cosine(way, expected)).isCloseTo(1, within(1e-9));
    }

    @Test
    void parametersWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> prototype(0, 1, StepScale.IMAGE, 0, 0)).hasMessage("steps must be at least 1, not 0");
        assertThatThrownBy(() -> prototype(1, 0, StepScale.IMAGE, 0, 0)).hasMessage("rate must be above 0, not 0.0");
        assertThatThrownBy(() -> prototype(1, 1, StepScale.IMAGE, -1, 0))
                .hasMessage("high-frequency must be a number from 0, not -1.0");
        assertThatThrownBy(() -> prototype(1, 1, StepScale.IMAGE, 0, Double.NaN))
                .hasMessage("diversity must be a number from 0, not NaN");
        assertThatThrownBy(() -> new Prototype(1, 1, StepScale.IMAGE, 0, Jitter.NONE, 0, -1, 0, 0, 0))
                .hasMessage("patience must be at least 0, not -1");
        assertThatThrownBy(() -> new Prototype(1, 1, StepScale.IMAGE, 0, Jitter.NONE, 0, 0, -1, 0, 0))
                .hasMessage("tolerance must be a number from 0, not -1.0");
        assertThatThrownBy(() -> new Prototype(1, 1, StepScale.IMAGE, 0, Jitter.NONE, 0, 0, 0, -1, 0))
                .hasMessage("start-steps must be at least 0, not -1");
        assertThatThrownBy(() -> new Prototype(1, 1, StepScale.IMAGE, 0, Jitter.NONE, 0, 0, 0, 0, -1))
                .hasMessage("start-tolerance must be a number from 0, not -1.0");
        assertThatThrownBy(() -> SHORT.program(Toys.card(Toys.relu()), 3, List.of(1L)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Prototype prototype(
            int steps, double rate, StepScale scale, double highFrequency, double diversity) {
        return new Prototype(steps, rate, scale, highFrequency, Jitter.NONE, diversity, 0, 0, 0, 0);
    }

    private static List<Sketch> climbed(Prototype prototype, Model model, int classIndex, double[] start) {
        return Drawings.run(prototype.climb(model.input(), classIndex, List.of(1L), List.of(start)), model);
    }

    private static double likeness(List<Sketch> sketches, List<double[]> starts) {
        List<double[]> ways = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ways.add(minus(sketches.get(i).image(), starts.get(i)));
        }

        Diversity diversity = new Diversity(Toys.INPUT);
        return (diversity.value(0, ways) + diversity.value(1, ways) + diversity.value(2, ways)) / 3;
    }

    private static double[] way(float[] values, double[] start) {
        double[] way = new double[values.length];
        for (int i = 0; i < way.length; i++) {
            way[i] = values[i] - start[i];
        }

        return way;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < b.length; i++) {
            difference[i] -= b[i];
        }

        return difference;
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
