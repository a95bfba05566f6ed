package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import org.junit.jupiter.api.Test;

/** On {@code F(x) = W x + b} it is {@code w_c ⊙ x}, which adds up to the logit without its bias. */
final class InputXGradientTest {

    @Test
    void eachValueIsWeightedByItsGradient() {
        LinearModel linear = Toys.linear();
        float[] image = Toys.image(2);

        Attribution attribution = Attributing.attribute(new InputXGradient(), linear, image, 2);

        float[] values = attribution.values().values();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo((float) (linear.weights()[2][i] * image[i]), within(1e-7f));
        }

        assertThat(attribution.values().sum()).isCloseTo(attribution.score() - linear.bias()[2], within(1e-6));
        assertThat(attribution.evaluations()).isEqualTo(1);
    }
}
