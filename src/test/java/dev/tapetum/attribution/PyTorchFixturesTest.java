package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
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
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    @ParameterizedTest
    @ValueSource(strings = {"cnn", "vit"})
    void attributionsAreThoseOfPyTorch(String name) {
        Fixtures fixtures = Fixtures.of(name);
        ModelBundle bundle = ModelBundle.read(path("/dev/tapetum/demo/models/" + name), name);
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
                assertClose(fixtures, "logits", i, logits);

                Attribution saliency = run(device, images[i], new Saliency(false).program(subject));
                assertClose(fixtures, "saliency", i, saliency.values().values());

                Attribution integrated = run(
                        device,
                        images[i],
                        new IntegratedGradients(new Baseline.Black(), fixtures.steps(), 0.01, 0.5, 200)
                                .program(subject));
                assertClose(
                        fixtures, "integrated_gradients", i, integrated.values().values());
                assertClose(fixtures, "baseline_scores", i, (float) integrated.baselineScore());

                for (Tap tap : bundle.card().taps()) {
                    PixelValues map = run(device, images[i], new GradCam(tap.name()).program(subject))
                            .values();
                    assertClose(fixtures, "grad_cam_" + tap.name() + "_grid", i, map.values());
                    assertClose(
                            fixtures,
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

    private static void assertClose(Fixtures fixtures, String array, int image, float... actual) {
        float[] expected = fixtures.perImage(array)[image];
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }

        System.out.printf(
                Locale.ROOT,
                "%s, image %d, %s: relative error %.1e%n",
                fixtures.name(),
                image,
                array,
                difference == 0 ? 0 : difference / largest);
        assertThat(difference).as("%s of image %d", array, image).isLessThanOrEqualTo(TOLERANCE * largest);
    }

    private static Path path(String resource) {
        try {
            URL found = Objects.requireNonNull(PyTorchFixturesTest.class.getResource(resource), resource);
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The arrays of one model, described by its {@code index.json}. */
    private record Fixtures(String name, Path directory, Config index) {

        static Fixtures of(String name) {
            Path directory = path("/fixtures/attribution/" + name);
            return new Fixtures(
                    name,
                    directory,
                    ConfigFactory.parseFile(directory.resolve("index.json").toFile()));
        }

        int steps() {
            return index.getInt("steps");
        }

        int[] predicted() {
            return index.getIntList("predicted").stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        /** One row per image, however many dimensions an image's array has. */
        float[][] perImage(String array) {
            try {
                byte[] bytes = Files.readAllBytes(directory.resolve(index.getString("arrays." + array + ".file")));
                float[] values = new float[bytes.length / Float.BYTES];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                int images = predicted().length;
                int length = values.length / images;
                float[][] rows = new float[images][];
                for (int i = 0; i < images; i++) {
                    rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
                }

                return rows;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
