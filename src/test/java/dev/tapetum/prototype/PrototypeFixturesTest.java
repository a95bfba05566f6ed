package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tapetum.model.Toys;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sixty steps of each generator against PyTorch's autograd and its Adam, in double precision, by
 * {@code src/test/python/make_prototype_fixtures.py}.
 */
final class PrototypeFixturesTest {

    /**
     * On the scale from 0 to 1. The model is asked in float32, which moves values by some 1e-8 here, and by no more than a tenth of
     * this from the starts that were kept; a single step moves them by 6e-3.
     */
    private static final double TOLERANCE = 1e-6;

    private static final Config FIXTURES = fixtures();

    private static Config fixtures() {
        try {
            return ConfigFactory.parseFile(Path.of(Objects.requireNonNull(
                                    PrototypeFixturesTest.class.getResource("/fixtures/prototype/climbs.json"))
                            .toURI())
                    .toFile());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<? extends Config> climbs() {
        return FIXTURES.getConfigList("climbs").stream();
    }

    @ParameterizedTest
    @MethodSource("climbs")
    void theLastImageIsThatOfPyTorch(Config climb) {
        double[] end = Drawings.run(
                        climb.getString("kind").equals("prototype")
                                ? prototype(climb)
                                        .climb(
                                                Toys.INPUT,
                                                climb.getInt("target"),
                                                List.of(0L),
                                                List.of(numbers(climb, "start")))
                                : new ActivationMaximisation(
                                                FIXTURES.getInt("steps"), climb.getDouble("rate"), Jitter.NONE)
                                        .climb(Toys.INPUT, climb.getInt("target"), 0, numbers(climb, "start")),
                        Toys.relu())
                .get(0)
                .image();

        double[] expected = numbers(climb, "end");
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            error = Math.max(error, Math.abs(end[i] - expected[i]));
        }

        System.out.printf(
                Locale.ROOT, "%s, class %d: error %.1e%n", climb.getString("name"), climb.getInt("target"), error);
        assertThat(end).hasSameSizeAs(expected);
        assertThat(error).isLessThan(TOLERANCE);
    }

    private static Prototype prototype(Config climb) {
        StepScale scale = StepScale.valueOf(climb.getString("step-scale").toUpperCase(Locale.ROOT));
        return new Prototype(
                FIXTURES.getInt("steps"),
                climb.getDouble("rate"),
                scale,
                climb.getDouble("high-frequency"),
                Jitter.NONE,
                0,
                0,
                0,
                0,
                0);
    }

    private static double[] numbers(Config climb, String key) {
        return climb.getDoubleList(key).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
