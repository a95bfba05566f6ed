package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeightNoiseTest {

    private static final float[] IMAGE = Toys.image(2);

    @Test
    void theGradientIsAveragedOverTheNoisyCopiesOnly() {
        float[] first = gradient("noisy-1");
        float[] second = gradient("noisy-2");

        Outcome<Attribution> outcome = attribute(new NoiseGrad(new Saliency(false)));

        float[] values = outcome.result().values().values();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo((first[i] + second[i]) / 2, within(1e-7f));
        }

        // The score is the model's own.
        assertThat(outcome.result().score()).isEqualTo(Toys.relu().logits(new float[][] {IMAGE})[0][1]);
        assertThat(outcome.cost().gradientMade()).isEqualTo(2);
    }

    @Test
    void withoutNoiseOnTheImageFusionIsNoiseGrad() {
        assertThat(attribute(new FusionGrad(new Saliency(false), 3, 0))
                        .result()
                        .values()
                        .values())
                .containsExactly(
                        attribute(new NoiseGrad(new Saliency(false)))
                                .result()
                                .values()
                                .values(),
                        within(1e-6f));
    }

    @Test
    void aBundleWithoutNoisyCopiesIsRefusedWithTheWayToGetThem() {
        assertThatThrownBy(() -> new NoiseGrad(new Saliency(false)).check(Toys.card(Toys.relu())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("export it again with --noisy N");
    }

    @Test
    void anAverageOverNoisyCopiesCannotBeAveragedOverThemAgain() {
        Attributor inner = new SmoothGrad(new NoiseGrad(new Saliency(false)), 2, 0.1);

        assertThatThrownBy(() -> new NoiseGrad(inner))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("of must not contain noise-grad or fusion-grad");
        assertThatThrownBy(() -> new FusionGrad(inner, 2, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("of must not contain noise-grad or fusion-grad");
    }

    private static float[] gradient(String variant) {
        return ((DifferentiableModel) Toys.variants().get(variant))
                .inputGradients(new float[][] {IMAGE}, new int[] {1})[0];
    }

    private static Outcome<Attribution> attribute(Attributor method) {
        Subject subject = Subject.of(IMAGE, 1, Toys.cardWithVariants(), Attributing.SEED);
        return new Scheduler(new HostDevice(Toys.relu(), Toys.variants()), 16)
                .run(List.of(new Admission<>(IMAGE, () -> method.program(subject)))
                        .iterator())
                .next();
    }
}
