package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo models through DJL against an independent computation in PyTorch, in double precision, by {@code
 * src/test/python/make_attribution_fixtures.py}. An error is the largest difference in an image's array over that
 * array's largest value; a map of zeros must be zeros.
 */
final class PyTorchFixturesTest {

    /** The fixtures' images are chosen so that single precision alone stays below half of this. */
    private static final double TOLERANCE = 1e-4;

    /**
     * Of fifty gradients one more may have a unit on the other side of its kink: 1.3e-4 was seen with kernels that round after
     * every product (SSE 4.1), 1.5e-5 with those that do not.
     */
    private static final double INTEGRATED_TOLERANCE = 2e-4;

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "vit"})
    void attributionsAreThoseOfPyTorch(String name) {
        Fixtures fixtures = Fixtures.of(name);
        ModelBundle bundle = Fixtures.demoModel(name);
        bundle.verify();
        InputSpec input = bundle.card().input();
        float[][] images = fixtures.perImage("inputs");
        int[] targets = fixtures.predicted();

        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            for (int i = 0; i < images.length; i++) {
                Subject subject = Subject.of(images[i], targets[i], bundle.card(), 0);
                float[] logits = run(
                        device,
                        images[i],
                        Program.asking(
                                Round.of(Probe.logits(Stimulus.ORIGINAL)),
                                answers -> answers.get(0).logits()));
                fixtures.assertClose(TOLERANCE, "logits", i, logits);

                Attribution saliency = run(device, images[i], new Saliency(false).program(subject));
                fixtures.assertClose(TOLERANCE, "saliency", i, saliency.values().values());

                Attribution integrated = run(
                        device,
                        images[i],
                        new IntegratedGradients(new Baseline.Black(), fixtures.number("steps"), 0.01, 0.5, 200)
                                .program(subject));
                fixtures.assertClose(
                        INTEGRATED_TOLERANCE,
                        "integrated_gradients",
                        i,
                        integrated.values().values());
                fixtures.assertClose(TOLERANCE, "baseline_scores", i, (float) integrated.baselineScore());

                for (Tap tap : bundle.card().taps()) {
                    PixelValues map = run(device, images[i], new GradCam(tap.name()).program(subject))
                            .values();
                    fixtures.assertClose(TOLERANCE, "grad_cam_" + tap.name() + "_grid", i, map.values());
                    fixtures.assertClose(
                            TOLERANCE,
                            "grad_cam_" + tap.name(),
                            i,
                            map.resampled(input.height(), input.width()).values());
                }
            }
        }
    }

    private static <R> R run(Device device, float[] image, Program<R> program) {
        return new Scheduler(device, 16)
                .run(List.of(new Admission<>(image, () -> program)).iterator())
                .next()
                .result();
    }
}
