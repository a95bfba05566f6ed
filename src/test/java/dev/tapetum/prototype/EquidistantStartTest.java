package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Softmax;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EquidistantStartTest {

    static Stream<Arguments> models() {
        return Stream.of(Toys.linear(), Toys.relu(), Toys.quadratic(), Drawings.linear(InputSpec.raw(3, 8, 8), 5))
                .flatMap(model -> Arrays.stream(StepScale.values()).map(scale -> Arguments.of(model, scale)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void allClassesAreAboutEquallyLikelyThere(Model model, StepScale scale) {
        for (long seed = 0; seed < 8; seed++) {
            EquidistantStart.Start start = start(model, 500, scale, seed);

            Softmax softmax = softmax(model, start.image());
            assertThat(start.variance()).isLessThan(1e-5).isCloseTo(softmax.variance(), within(1e-9));
            for (int c = 0; c < model.classes(); c++) {
                assertThat(softmax.probability(c)).isCloseTo(1.0 / model.classes(), within(0.01));
            }

            for (double value : start.image()) {
                assertThat(value).isBetween(0.0, 1.0);
            }
        }
    }

    /** Equal weights: the noise is as good as anything. */
    @Test
    void noiseOfWhichTheModelThinksNothingIsKept() {
        InputSpec input = InputSpec.raw(1, 3, 3);
        LinearModel same = new LinearModel(input, new double[2][9], new double[2]);

        assertThat(start(same, 500, StepScale.IMAGE, 3).image())
                .containsExactly(EquidistantStart.noise(input, 3))
                .doesNotContain(EquidistantStart.noise(input, 4));
    }

    /** A first step of half the range overshoots: with each step more that is allowed, what is kept is no worse. */
    @ParameterizedTest
    @EnumSource
    void theBestImageIsKept(StepScale scale) {
        double least = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < 12; steps++) {
            EquidistantStart.Start start = Drawings.run(
                    new EquidistantStart(Toys.INPUT, Toys.CLASSES.size(), steps, 0, 0.5, scale, 1), Toys.relu());

            assertThat(start.variance()).isLessThanOrEqualTo(least);
            assertThat(start.variance())
                    .isCloseTo(softmax(Toys.relu(), start.image()).variance(), within(1e-9));
            least = start.variance();
        }
    }

    /** As soon as the variance is small enough, however little that is. */
    @Test
    void noMoreIsAskedThanTheTolerance() {
        double noise = 1.0001
                * Toys.CLASSES.size()
                * Math.sqrt(start(Toys.relu(), 0, StepScale.IMAGE, 1).variance());
        EquidistantStart easy =
                new EquidistantStart(Toys.INPUT, Toys.CLASSES.size(), 500, noise, 0.05, StepScale.IMAGE, 1);

        assertThat(Drawings.run(easy, Toys.relu()).image()).containsExactly(EquidistantStart.noise(Toys.INPUT, 1));
    }

    /**
     * Ten classes or a thousand: none is more than a few times the tolerance away from 1/C. A variance of 1e-6, which is little among
     * ten classes, is reached by a thousand when one of them has a probability of 0.03.
     */
    @Test
    void theToleranceIsAShareOfTheMeanProbability() {
        for (int classes : new int[] {10, 1000}) {
            InputSpec input = InputSpec.raw(3, 8, 8);
            double[][] weights = new double[classes][];
            for (int c = 0; c < classes; c++) {
                weights[c] = Arrays.stream(Drawings.normal(input.size(), c))
                        .map(weight -> weight / 20)
                        .toArray();
            }

            Model model = new LinearModel(input, weights, new double[classes]);

            EquidistantStart.Start start = Drawings.run(
                    new EquidistantStart(model.input(), classes, 500, 0.05, 0.05, StepScale.IMAGE, 2), model);

            Softmax softmax = softmax(model, start.image());
            assertThat(Math.sqrt(start.variance()) * classes).isLessThanOrEqualTo(0.05);
            for (int c = 0; c < classes; c++) {
                assertThat(softmax.probability(c) * classes).isCloseTo(1, within(0.25));
            }
        }
    }

    private static EquidistantStart.Start start(Model model, int steps, StepScale scale, long seed) {
        return Drawings.run(
                new EquidistantStart(model.input(), model.classes(), steps, 0.003, 0.05, scale, seed), model);
    }

    private static Softmax softmax(Model model, double[] image) {
        float[] values = new UnitScale(model.input()).stimulus(image).values();
        return Softmax.of(model.logits(new float[][] {values})[0]);
    }
}
