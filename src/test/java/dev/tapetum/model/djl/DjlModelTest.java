package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TappedModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Device.HeldImage;
import dev.tapetum.probe.Device.Reply;
import dev.tapetum.probe.Device.Request;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Stimulus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DjlModelTest {

    private static final ModelBundle RELU = ToyBundles.bundle(ToyBundles.RELU);
    private static final Tap TAP = RELU.card().taps().get(0);

    @Test
    void aBundleWithoutTapsAnswersAsItsToy() {
        float[] image = Toys.image(1);
        try (DjlModel model = ToyBundles.load(ToyBundles.LINEAR);
                Device device = model.newDevice();
                HeldImage held = device.hold(image)) {
            Reply reply = device.answer(
                            List.of(new Request(held, Probe.logits(Stimulus.ORIGINAL), List.of(), List.of())))
                    .get(0);

            assertThat(model.card().type()).isEqualTo(DifferentiableModel.class);
            assertThat(reply.logits()).containsExactly(Toys.linear().logits(new float[][] {image})[0], within(1e-5f));
        }
    }

    @Test
    void aWrongNumberOfClassesIsRefused() {
        assertRefused(
                card(Toys.INPUT, List.of("a", "b"), TAP),
                "toy: model.pt answers two images with (2, 3) values, but model.conf names 2 classes");
    }

    @Test
    void aTapOfAnotherSizeIsRefused() {
        assertRefused(
                card(Toys.INPUT, Toys.CLASSES, new Tap("hidden", Tap.Layout.SPATIAL, 8, 2, 2, 0)),
                "toy: model.pt gives (2, 4, 2, 2) at tap 'hidden' for two images, not what model.conf says");
    }

    @Test
    void aTapThatTheModelLacksIsRefused() {
        assertRefused(
                card(Toys.INPUT, Toys.CLASSES, new Tap("block3", Tap.Layout.SPATIAL, 4, 2, 2, 0)),
                "toy: model.pt: stem_block3, for tap 'block3', cannot be run: Method 'stem_block3' is not defined; "
                        + "export the bundle again with that tap");
    }

    @Test
    void aRuleThatTheModelLacksIsRefused() {
        ModelBundle linear = ToyBundles.bundle(ToyBundles.LINEAR);
        ModelCard card = new ModelCard(
                "toy",
                Toys.INPUT,
                Toys.CLASSES,
                List.of(),
                DifferentiableModel.class,
                Set.of(Rule.FULL_GRAD),
                List.of());

        assertThatThrownBy(() -> DjlModel.load(linear.directory(), card, -1))
                .isInstanceOf(UserError.class)
                .hasMessage("toy: model.pt: rule_full_grad, for rule 'full-grad', cannot be run: "
                        + "Method 'rule_full_grad' is not defined; export the bundle again with --rules full-grad");
    }

    @Test
    void aVariantThatIsAnotherModelIsRefusedByTheNameOfItsFile(@TempDir Path directory) throws IOException {
        Files.copy(RELU.directory().resolve("model.pt"), directory.resolve("model.pt"));
        Files.copy(
                ToyBundles.bundle(ToyBundles.LINEAR).directory().resolve("model.pt"), directory.resolve("noisy-1.pt"));

        try (DjlModel model = DjlModel.load(directory, RELU.card(), -1)) {
            assertThatThrownBy(() -> model.module("noisy-1"))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("toy-relu: noisy-1.pt: stem_hidden, for tap 'hidden', cannot be run: ");
        }
    }

    @Test
    void aVariantIsLoadedOnce() {
        try (DjlModel model = ToyBundles.load(ToyBundles.RELU)) {
            assertThat(model.module("noisy-1"))
                    .isSameAs(model.module("noisy-1"))
                    .isNotSameAs(model.module());
        }
    }

    @Test
    void anInputOfAnotherSizeIsRefused() {
        ModelCard card = card(new InputSpec(3, 5, 5, Toys.INPUT.mean(), Toys.INPUT.std()), Toys.CLASSES, TAP);

        assertThatThrownBy(() -> DjlModel.load(RELU.directory(), card, -1))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("toy: model.pt does not take two images of 3x5x5, as model.conf says: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderWithoutAModelIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> DjlModel.load(empty, RELU.card(), -1))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("toy-relu: model.pt cannot be loaded: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNoModelIsRefused(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("model.pt"), "not a model");

        assertThatThrownBy(() -> DjlModel.load(directory, RELU.card(), -1))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("toy-relu: model.pt cannot be loaded: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aGpuThatIsMissingIsRefused() {
        int beyond = DjlModel.gpus();

        assertThatThrownBy(() -> DjlModel.load(RELU.directory(), RELU.card(), beyond))
                .isInstanceOf(UserError.class)
                .hasMessage("GPU " + beyond + " was asked for, but PyTorch sees " + beyond
                        + " here; set model.device = cpu, or start Tapetum where there is one");
    }

    private static void assertRefused(ModelCard card, String message) {
        assertThatThrownBy(() -> DjlModel.load(RELU.directory(), card, -1))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    private static ModelCard card(InputSpec input, List<String> classes, Tap tap) {
        return new ModelCard("toy", input, classes, List.of(tap), TappedModel.class);
    }
}
