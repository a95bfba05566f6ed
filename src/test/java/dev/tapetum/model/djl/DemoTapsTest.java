package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.demo.DemoModel;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Device.Reply;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.TapShift;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Activations and shifts in a network with every kind of layer: at each tap of the two models that come with the program. */
final class DemoTapsTest {

    /** Logits of size ten at most, after some tens of float32 layers. */
    private static final float ROUNDING = 1e-5f;

    /** Of the largest coefficient. */
    private static final double STEP = 0.02;

    @TempDir
    private Path folder;

    private interface AtTap {
        void check(Device device, HeldImage image, Tap tap);
    }

    @ParameterizedTest
    @EnumSource
    void aShiftOfNothingLeavesTheLogits(DemoModel demo) throws IOException {
        atEveryTap(demo, (device, image, tap) -> {
            float[] logits = ask(device, image, Ask.LOGITS).logits();
            float[] still = new float[tap.positions()];

            assertThat(steered(device, image, new TapShift.Along(tap, still, waves(tap.channels()))))
                    .containsExactly(logits, within(ROUNDING));
            assertThat(steered(device, image, new TapShift.Dense(tap, new float[still.length * tap.channels()])))
                    .containsExactly(logits, within(ROUNDING));
        });
    }

    /** Its size is the difference of the two images at the grid; what a class token adds is left out, so a CNN only. */
    @ParameterizedTest
    @EnumSource(names = "CNN")
    void theDifferenceToAnotherImageTurnsItsLogitsIntoTheOthers(DemoModel demo) throws IOException {
        atEveryTap(demo, (device, image, tap) -> {
            try (HeldImage other = device.hold(Toys.image(device.input(), 9))) {
                float[] from =
                        tap.tokens(ask(device, image, new Ask.Activation(tap)).activation());
                float[] to =
                        tap.tokens(ask(device, other, new Ask.Activation(tap)).activation());
                for (int i = 0; i < to.length; i++) {
                    to[i] -= from[i];
                }

                assertThat(steered(device, image, new TapShift.Dense(tap, to)))
                        .containsExactly(ask(device, other, Ask.LOGITS).logits(), within(ROUNDING));
            }
        });
    }

    /**
     * For a small shift {@code c ⊗ v} the logit changes by {@code Σ_t c_t d_t}, with {@code d_t = ⟨∂F/∂a_t, v⟩}: so coefficients
     * and direction reach the positions and channels that the gradient speaks of. With {@code c_t} in proportion to {@code d_t}
     * nothing cancels. Of the steps up and down half the difference is taken, without the curvature; what is left are the
     * kinks of ReLUs that lie between, a few hundredths of the change.
     */
    @ParameterizedTest
    @EnumSource
    void aSmallShiftChangesALogitAsTheGradientAtTheTapSays(DemoModel demo) throws IOException {
        atEveryTap(demo, (device, image, tap) -> {
            Reply reply = ask(device, image, new Ask.TapGradient(tap, 2));
            float[] direction = waves(tap.channels());
            float[] gradients = tap.tokens(reply.gradient());
            double[] along = new double[tap.positions()];
            double largest = 0;
            for (int t = 0; t < along.length; t++) {
                for (int c = 0; c < direction.length; c++) {
                    along[t] += (double) gradients[t * direction.length + c] * direction[c];
                }

                largest = Math.max(largest, Math.abs(along[t]));
            }

            double expected = 0;
            float[] up = new float[along.length];
            float[] down = new float[along.length];
            for (int t = 0; t < along.length; t++) {
                up[t] = (float) (STEP * along[t] / largest);
                down[t] = -up[t];
                expected += up[t] * along[t];
            }

            float above = steered(device, image, new TapShift.Along(tap, up, direction))[2];
            float below = steered(device, image, new TapShift.Along(tap, down, direction))[2];
            assertThat(ask(device, image, new Ask.Activation(tap)).activation())
                    .containsExactly(reply.activation(), within(ROUNDING));
            assertThat((above - below) / 2.0).isCloseTo(expected, within(0.03 * expected));
        });
    }

    /** On the CPU to the last bit: calls are of one shape. */
    @ParameterizedTest
    @EnumSource
    void aShiftIsAnsweredTheSameInAnyCompany(DemoModel demo) throws IOException {
        atEveryTap(demo, (device, image, tap) -> {
            try (HeldImage other = device.hold(Toys.image(device.input(), 9))) {
                List<Request> batch = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    float[] coefficients = new float[tap.positions()];
                    coefficients[i] = i;
                    Ask ask = new Ask.Steered(new TapShift.Along(tap, coefficients, waves(tap.channels())));
                    batch.add(request(i % 3 == 0 ? other : image, ask));
                }

                List<Reply> together = device.answer(batch);

                for (int i = 0; i < batch.size(); i += 7) {
                    try (HeldImage again =
                            device.hold(Toys.image(device.input(), batch.get(i).image() == other ? 9 : 4))) {
                        assertThat(ask(device, again, batch.get(i).probe().ask())
                                        .logits())
                                .isEqualTo(together.get(i).logits());
                    }
                }
            }
        });
    }

    private void atEveryTap(DemoModel demo, AtTap atTap) throws IOException {
        demo.copyTo(folder);
        ModelBundle bundle = ModelBundle.read(folder, demo.name());
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice();
                HeldImage image = device.hold(Toys.image(device.input(), 4))) {
            bundle.card().taps().forEach(tap -> atTap.check(device, image, tap));
        }
    }

    private static float[] steered(Device device, HeldImage image, TapShift shift) {
        return ask(device, image, new Ask.Steered(shift)).logits();
    }

    private static Reply ask(Device device, HeldImage image, Ask ask) {
        return device.answer(List.of(request(image, ask))).get(0);
    }

    private static Request request(HeldImage image, Ask ask) {
        return new Request(image, new Probe(Stimulus.ORIGINAL, ask), List.of(), List.of());
    }

    /** Numbers between −1 and 1 without a pattern. */
    private static float[] waves(int count) {
        float[] waves = new float[count];
        for (int i = 0; i < count; i++) {
            waves[i] = (float) Math.sin(2.3 * i + 0.4);
        }

        return waves;
    }
}
