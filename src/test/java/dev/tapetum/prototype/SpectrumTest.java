package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpectrumTest {

    /** In doubles. */
    private static final double ROUNDING = 1e-12;

    static Stream<InputSpec> inputs() {
        return Stream.of(
                InputSpec.raw(3, 4, 4),
                InputSpec.raw(1, 5, 6),
                InputSpec.raw(3, 6, 5),
                InputSpec.raw(2, 1, 3),
                InputSpec.raw(3, 1, 1));
    }

    /** {@code ⟨A X, y⟩ = ⟨X, A* y⟩} for the linear part, over real and imaginary parts. */
    @ParameterizedTest
    @MethodSource("inputs")
    void theTransformHasItsAdjoint(InputSpec input) {
        Spectrum spectrum = Spectrum.of(input);
        double[] x = Drawings.normal(spectrum.start(1).length, 5);
        double[] y = Drawings.normal(input.size(), 6);

        assertThat(Drawings.product(x, spectrum.planesAdjoint(y)))
                .isCloseTo(Drawings.product(spectrum.planes(x), y), within(ROUNDING * 10));
    }

    /** {@code d⟨x(X), y⟩/dX} against central differences, with values far from the middle of the sigmoid. */
    @ParameterizedTest
    @MethodSource("inputs")
    void whatIsPulledBackIsTheDerivativeOfTheImage(InputSpec input) {
        Spectrum spectrum = Spectrum.of(input);
        double[] parameters = Drawings.normal(spectrum.start(1).length, 7);
        double[] y = Drawings.normal(input.size(), 8);

        double[] gradient = spectrum.pulledBack(spectrum.image(parameters), y);

        double step = 1e-5;
        for (int i = 0; i < parameters.length; i++) {
            double[] up = parameters.clone();
            double[] down = parameters.clone();
            up[i] += step;
            down[i] -= step;
            double difference =
                    (Drawings.product(spectrum.image(up), y) - Drawings.product(spectrum.image(down), y)) / (2 * step);
            assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
        }
    }

    /**
     * One channel of 2×4. The mean's amplitude: scale 1/max(0, ¼) = 4, over √8 and 4. Column 1 is {@code 2 cos(2πx/4)} at frequency
     * ¼, so also 4/(4√8), and its imaginary part {@code −2 sin(2πx/4)}. Column 2 is {@code cos πx} at ½, once and with 2.
     */
    @Test
    void amplitudesAreWavesThatFallOffWithTheirFrequency() {
        Spectrum spectrum = Spectrum.of(InputSpec.raw(1, 2, 4));
        double unit = 1 / Math.sqrt(8);

        assertThat(plane(spectrum, 0)).containsExactly(waves(unit, 1, 1, 1, 1), within(ROUNDING));
        assertThat(plane(spectrum, 2)).containsExactly(waves(unit, 2, 0, -2, 0), within(ROUNDING));
        assertThat(plane(spectrum, 3)).containsExactly(waves(unit, 0, -2, 0, 2), within(ROUNDING));
        assertThat(plane(spectrum, 4)).containsExactly(waves(unit / 2, 1, -1, 1, -1), within(ROUNDING));
    }

    /** A mean of 4√1/4 = 1 in one plane moves the colours by its column of M, whose first is the longest: (0.26, 0.27, 0.27). */
    @Test
    void threeChannelsAreMixedAsTheColoursOfPhotographsAreCorrelated() {
        Spectrum colours = Spectrum.of(InputSpec.raw(3, 1, 1));
        double longest = Math.sqrt(0.26 * 0.26 + 2 * 0.27 * 0.27);

        assertThat(colours.image(new double[] {4, 0, 0, 0, 0, 0}))
                .containsExactly(
                        new double[] {sigmoid(0.26 / longest), sigmoid(0.27 / longest), sigmoid(0.27 / longest)},
                        within(ROUNDING));
        assertThat(colours.image(new double[] {0, 0, 0, 0, 4, 0}))
                .containsExactly(
                        new double[] {sigmoid(0.02 / longest), sigmoid(-0.05 / longest), sigmoid(0.03 / longest)},
                        within(ROUNDING));
        assertThat(Spectrum.of(InputSpec.raw(2, 1, 1)).image(new double[] {4, 0, 0, 0}))
                .containsExactly(new double[] {sigmoid(1), 0.5}, within(ROUNDING));
    }

    @Test
    void aStartIsAlmostGreyAndItsSeedsOwn() {
        Spectrum spectrum = Spectrum.of(InputSpec.raw(3, 16, 16));
        double[] start = spectrum.start(3);

        assertThat(start).hasSize(2 * 3 * 16 * 9).isEqualTo(spectrum.start(3)).isNotEqualTo(spectrum.start(4));
        assertThat(Math.sqrt(Drawings.product(start, start) / start.length)).isCloseTo(0.01, within(0.001));
        for (double value : spectrum.image(start)) {
            assertThat(value).isCloseTo(0.5, within(0.05));
        }
    }

    private static double[] plane(Spectrum spectrum, int parameter) {
        double[] parameters = new double[12];
        parameters[parameter] = 1;
        return spectrum.planes(parameters);
    }

    /** Two equal rows. */
    private static double[] waves(double unit, double... row) {
        double[] plane = new double[2 * row.length];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = unit * row[i % row.length];
        }

        return plane;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
