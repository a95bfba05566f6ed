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
        double noise = start(Toys.relu(), 0, StepScale.IMAGE, 1).variance();
        EquidistantStart easy =
                new EquidistantStart(Toys.INPUT, Toys.CLASSES.size(), 500, noise, 0.05, StepScale.IMAGE, 1);

        assertThat(Drawings.run(easy, Toys.relu()).image()).containsExactly(EquidistantStart.noise(Toys.INPUT, 1));
    }

    private static EquidistantStart.Start start(Model model, int steps, StepScale scale, long seed) {
        return Drawings.run(
                new EquidistantStart(model.input(), model.classes(), steps, 1e-6, 0.05, scale, seed), model);
    }

    private static Softmax softmax(Model model, double[] image) {
        float[] values = new UnitScale(model.input()).stimulus(image).values();
        return Softmax.of(model.logits(new float[][] {values})[0]);
    }
}
