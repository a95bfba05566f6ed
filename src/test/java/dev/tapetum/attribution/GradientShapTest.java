package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GradientShapTest {

    private static final float[] IMAGE = Toys.image(3);
    private static final List<Baseline> REFERENCES = List.of(new Baseline.Black(), new Baseline.White());

    @Test
    void withoutNoiseItIsExpectedGradients() {
        assertThat(Attributing.values(new GradientShap(REFERENCES, 9, 0), Toys.relu(), IMAGE, 1))
                .isEqualTo(Attributing.values(new ExpectedGradients(REFERENCES, 9), Toys.relu(), IMAGE, 1));
    }

    /**
     * For a linear model {@code a = w ⊙ (x + mean of ε − mean of x')}: each value is off by {@code w·σ·range/√n} in the
     * standard deviation, and not by nothing.
     */
    @Test
    void noiseOnALinearModelAveragesOut() {
        LinearModel linear = Toys.linear();
        int samples = 400;
        float[] expected = Attributing.values(new ExpectedGradients(REFERENCES, 2), linear, IMAGE, 1);

        float[] actual = Attributing.values(new GradientShap(REFERENCES, samples, 0.1), linear, IMAGE, 1);

        double range = Subject.of(IMAGE, 1, Toys.card(linear), 0).range();
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            double unit = Math.abs(linear.weights()[1][i]) * 0.1 * range / Math.sqrt(samples);
            assertThat((double) actual[i]).isCloseTo(expected[i], within(5 * unit));
            squares += Math.pow((actual[i] - expected[i]) / unit, 2) / actual.length;
        }

        // A mean of 48 squares of standard normals: 1 ± 0.2.
        assertThat(squares).isBetween(0.2, 1.8);
    }

    @Test
    void anImpossibleNoiseIsRefused() {
        assertThatThrownBy(() -> new GradientShap(REFERENCES, 9, -1))
                .hasMessage("sigma is a fraction of the image's range, zero or more, not -1.0");
    }
}
