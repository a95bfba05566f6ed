package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.PixelLabels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelShapTest {

    /** Values of size one in float32. */
    private static final double ROUNDING = 1e-5;

    private static final Baseline BLACK = new Baseline.Black();

    /** {@code max(0, x₁ + x₂ − 1)} at (1, 1) needs both: each comes last in one order of two, so each has ½. */
    @Test
    void whatNeedsBothIsShared() {
        TwoLayerReluModel both = Attributing.ofTwoNumbers(new double[] {1}, new double[][] {{1, 1}}, new double[] {-1});

        assertThat(Attributing.values(new KernelShap(new Features.Grid(2), BLACK, 2), both, new float[] {1, 1}, 0))
                .containsExactly(new float[] {0.5f, 0.5f}, within((float) ROUNDING));
    }

    /** The definition, over all 24 orders of four cells, for a model with interactions. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void withAllSetsTheValuesAreTheShapleyValues(int target) {
        Model model = Toys.relu();
        float[] image = Toys.image(4);
        Features cells = new Features.Grid(2);
        Subject subject = Subject.of(image, target, Toys.card(model), 1);
        PixelLabels labels = cells.of(subject);
        float[] black = subject.render(BLACK.of(subject));
        double[] expected = new double[4];
        for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
            float[] pixels = black.clone();
            double before = model.logits(new float[][] {pixels})[0][target];
            for (int cell : order) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = labels.of(i % 16) == cell ? image[i] : pixels[i];
                }

                double after = model.logits(new float[][] {pixels})[0][target];
                expected[cell] += (after - before) / 24;
                before = after;
            }
        }

        float[] values = Attributing.values(new KernelShap(cells, BLACK, 14), model, image, target);

        for (int i = 0; i < 16; i++) {
            assertThat((double) values[i]).isCloseTo(expected[labels.of(i)] / 4, within(ROUNDING));
        }
    }

    /** A linear model has no interactions, so any sets that tell the parts apart give {@code w (x − x')}, summed over channels. */
    @ParameterizedTest
    @ValueSource(ints = {32, 60, 500})
    void aLinearModelIsExactForAnySamples(int samples) {
        LinearModel linear = Toys.linear();
        float[] image = Toys.image(3);

        float[] values = Attributing.values(new KernelShap(new Features.Grid(4), BLACK, samples), linear, image, 1);

        for (int i = 0; i < 16; i++) {
            double expected = 0;
            for (int c = 0; c < 3; c++) {
                expected += linear.weights()[1][16 * c + i]
                        * (image[16 * c + i] - Toys.INPUT.level(0).get(c));
            }

            assertThat((double) values[i]).isCloseTo(expected, within(ROUNDING));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 40, 301})
    void itIsCompleteForAnySamples(int samples) {
        Attribution attribution = Attributing.attribute(
                new KernelShap(new Features.Grid(4), new Baseline.White(), samples), Toys.relu(), Toys.image(6), 2);

        assertThat(attribution.score() - attribution.baselineScore()).isNotZero();
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(ROUNDING));
        assertThat(attribution.evaluations()).isEqualTo(samples + 2);
    }

    /** One part is the whole image and has all of its gain. */
    @Test
    void aSinglePartHasTheWholeGain() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 2), new double[][] {{1, 3}}, new double[1]);

        assertThat(Attributing.values(new KernelShap(new Features.Grid(1), BLACK, 50), model, new float[] {1, 1}, 0))
                .containsExactly(2, 2);
    }

    @Test
    void tooFewSamplesAreRefused() {
        assertThatThrownBy(() -> new KernelShap(new Features.Grid(2), BLACK, 1))
                .hasMessage("samples is the number of sets of parts, at least 2, not 1");
    }

    private static List<List<Integer>> orders(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }

        List<List<Integer>> orders = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> others = new ArrayList<>(of);
            others.remove(first);
            for (List<Integer> rest : orders(others)) {
                List<Integer> order = new ArrayList<>(rest);
                order.add(0, first);
                orders.add(order);
            }
        }

        return orders;
    }
}
