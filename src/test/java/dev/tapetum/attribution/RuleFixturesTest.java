package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exported rules of the demo models through DJL against backward passes written out by hand, in double precision, by {@code
 * src/test/python/make_rule_fixtures.py}.
 */
final class RuleFixturesTest {

    /** Single precision stays well below: what is looked for is a rule at the wrong place. */
    private static final double TOLERANCE = 1e-3;

    private static final Map<String, Attributor> ALL_MODELS = Map.of(
            "deconvnet", new Deconvnet(),
            "guided_backprop", new GuidedBackprop(),
            "lrp_epsilon", new LrpEpsilon(0.01),
            "deep_lift", new DeepLift(new Baseline.Black()));

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "vit"})
    void rulesAreThoseWrittenOutByHand(String name) {
        Map<String, Attributor> methods = new TreeMap<>(ALL_MODELS);
        if (name.equals("cnn")) {
            methods.put("rect_grad", new RectGrad(98));
            methods.put("full_grad", new FullGrad());
        }

        Fixtures.of(name + "-rules").assertAttributions(Fixtures.demoModel(name), methods, TOLERANCE);
    }

    @Test
    void inANetworkOfRectifiersTheFullGradientIsTheLogit() {
        Fixtures fixtures = Fixtures.of("cnn-rules");
        ModelBundle bundle = Fixtures.demoModel("cnn");
        float[] image = fixtures.perImage("inputs")[0];
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            Subject subject = Subject.of(image, fixtures.predicted()[0], bundle.card(), 0);
            Attribution attribution = new Scheduler(device, 1)
                    .run(List.of(new Admission<>(image, () -> new FullGrad().program(subject)))
                            .iterator())
                    .next()
                    .result();

            assertThat(attribution.completenessDelta()).isCloseTo(0, within(1e-4));
            assertThat(attribution.score() + attribution.completenessDelta())
                    .isCloseTo(fixtures.perImage("full_grad_total")[0][0], within(1e-4));
        }
    }
}
