package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Scheduler;
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
import java.util.Map;
import java.util.Objects;

/** Arrays that PyTorch computed for one model, little-endian float32, described by an {@code index.json} beside them. */
public record Fixtures(String name, Path directory, Config index) {

    public static Fixtures of(String name) {
        Path directory = path("/fixtures/attribution/" + name);
        return new Fixtures(
                name,
                directory,
                ConfigFactory.parseFile(directory.resolve("index.json").toFile()));
    }

    /** A model of the demo, once its file is known to be the one that it names. */
    public static ModelBundle demoModel(String name) {
        ModelBundle bundle = ModelBundle.read(path("/dev/tapetum/demo/models/" + name), name);
        bundle.verify();
        return bundle;
    }

    int number(String key) {
        return index.getInt(key);
    }

    public int[] predicted() {
        return index.getIntList("predicted").stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** One row per image, however many dimensions an image's array has. */
    public float[][] perImage(String array) {
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

    /** Every method, by the name of its array, attributes every image through DJL. */
    void assertAttributions(ModelBundle bundle, Map<String, Attributor> methods, double tolerance) {
        float[][] images = perImage("inputs");
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            methods.forEach((array, method) -> {
                method.check(bundle.card());
                for (int i = 0; i < images.length; i++) {
                    Subject subject = Subject.of(images[i], predicted()[i], bundle.card(), 0);
                    Attribution attribution = new Scheduler(device, 64)
                            .run(List.of(new Admission<>(images[i], () -> method.program(subject)))
                                    .iterator())
                            .next()
                            .result();
                    assertClose(tolerance, array, i, attribution.values().values());
                }
            });
        }
    }

    /** The error is the largest difference in an image's array over that array's largest value; zeros must be zeros. */
    public void assertClose(double tolerance, String array, int image, float... actual) {
        float[] expected = perImage(array)[image];
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
                name,
                image,
                array,
                difference == 0 ? 0 : difference / largest);
        assertThat(difference).as("%s of image %d", array, image).isLessThanOrEqualTo(tolerance * largest);
    }

    private static Path path(String resource) {
        try {
            URL found = Objects.requireNonNull(Fixtures.class.getResource(resource), resource);
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
