package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TappedModel;
import dev.tapetum.model.Toys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequirementsTest {

    private static final Tap TAP = new Tap("block3", Tap.Layout.SPATIAL, 4, 2, 2, 0);
    private static final Tap OTHER = new Tap("block4", Tap.Layout.SPATIAL, 4, 2, 2, 0);

    @Test
    void gradientsAreRefusedWhereThereAreNone() {
        for (Attributor method : new Attributor[] {
            new Saliency(false), new InputXGradient(), IntegratedGradientsTest.fixed(new Baseline.Black(), 3)
        }) {
            assertThatThrownBy(() -> method.check(card(Model.class)))
                    .isInstanceOf(UserError.class)
                    .hasMessage(method.getClass().getSimpleName() + " needs gradients, and photos answers forward "
                            + "questions only; export the model as TorchScript with submit/export_model.py");
        }
    }

    @Test
    void aModelWithoutTapsIsToldHowToGetOne() {
        assertThatThrownBy(() -> new GradCam("last").check(card(DifferentiableModel.class)))
                .isInstanceOf(UserError.class)
                .hasMessage("GradCam needs a tap, and photos has none; export it again with --tap NAME=MODULE "
                        + "(see submit/export_model.py --help)");
        assertThatThrownBy(() -> new GradCam("last").check(card(TappedModel.class)))
                .hasMessageStartingWith("GradCam needs a tap, and photos has none");
        assertThatThrownBy(() -> new GradCam("last").check(card(Model.class)))
                .hasMessageStartingWith("GradCam needs gradients");
    }

    @Test
    void anUnknownTapIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> new GradCam("block5").check(card(TappedModel.class, TAP, OTHER)))
                .isInstanceOf(UserError.class)
                .hasMessage("GradCam: photos has no tap 'block5'; its taps are block3, block4");
    }

    @Test
    void whatTheModelHasIsAccepted() {
        assertThatCode(() -> {
                    new GradCam("block3").check(card(TappedModel.class, TAP, OTHER));
                    new GradCam("last").check(card(TappedModel.class, TAP, OTHER));
                    new Saliency(true).check(card(DifferentiableModel.class));
                    new VarGrad(new Saliency(true), 2, 0.1).check(card(TappedModel.class));
                })
                .doesNotThrowAnyException();
    }

    private static ModelCard card(Class<? extends Model> type, Tap... taps) {
        return new ModelCard("photos", Toys.INPUT, Toys.CLASSES, List.of(taps), type);
    }
}
