package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationMaximisationTest {

    @Test
    void theLogitOfTheClassGrows() {
        Model model = Toys.relu();
        ActivationMaximisation generator = new ActivationMaximisation(60, 0.05, Jitter.NONE);
        float[] start = new UnitScale(Toys.INPUT)
                .stimulus(Spectrum.of(Toys.INPUT).image(Spectrum.of(Toys.INPUT).start(1)))
                .values();
        float[] before = model.logits(new float[][] {start})[0];
        for (int c = 0; c < model.classes(); c++) {
            Drawn drawn = Drawings.run(generator.program(Toys.card(model), c, List.of(1L)), model)
                    .get(0);

            assertThat(drawn.logit(c)).isGreaterThan(before[c] + 0.3);
            assertThat(drawn.steps()).isEqualTo(60);
            assertThat(drawn.startVariance()).isNaN();
        }
    }

    /**
     * Weights of noise have all frequencies alike; what a step does to one is its scale twice, once for the gradient, which Adam
     * undoes, and once for the image. So low frequencies come first, and the image is smoother than the weights.
     */
    @Test
    void lowFrequenciesGrowFirst() {
        InputSpec input = InputSpec.raw(1, 16, 16);
        LinearModel model = Drawings.linear(input, 5);
        ActivationMaximisation generator = new ActivationMaximisation(10, 0.05, Jitter.NONE);
        double[] image = Drawings.run(
                        generator.climb(input, 0, 1, Spectrum.of(input).start(1)), model)
                .get(0)
                .image();

        assertThat(roughness(image)).isLessThan(0.7 * roughness(model.weights()[0]));
    }

    @Test
    void parametersWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new ActivationMaximisation(0, 1, Jitter.NONE))
                .hasMessage("steps must be at least 1, not 0");
        assertThatThrownBy(() -> new ActivationMaximisation(1, Double.NaN, Jitter.NONE))
                .hasMessage("rate must be above 0, not NaN");
    }

    /** The mean difference of neighbours, in deviations. */
    private static double roughness(double[] image) {
        double mean = 0;
        for (double value : image) {
            mean += value / image.length;
        }

        double squares = 0;
        for (double value : image) {
            squares += (value - mean) * (value - mean);
        }

        return new HighFrequency(1, 16, 16).value(image) / Math.sqrt(squares / image.length);
    }
}
