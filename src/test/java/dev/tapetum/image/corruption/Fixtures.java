package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** What {@code src/test/python/make_corruption_fixtures.py} wrote. */
final class Fixtures {
    /** The angle of the sampled motion blur, in degrees. */
    static final double ANGLE = -27.3;

    /** Pixels along each side of a sample. */
    static final int SAMPLES = 32;

    private Fixtures() {}

    /** One line of the table: means and standard deviations over draws of what {@link ImageStatistics} measures. */
    record Expected(CorruptionKind kind, int severity, String image, int draws, double[] mean, double[] deviation) {

        @Override
        public String toString() {
            return kind + " " + severity + " of " + image;
        }
    }

    static List<Expected> expected() {
        try (Stream<String> lines = Files.lines(path("expected.csv"))) {
            return lines.skip(1).map(Fixtures::expected).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Expected expected(String line) {
        String[] cells = line.split(",");
        double[] numbers =
                Arrays.stream(cells).skip(4).mapToDouble(Double::parseDouble).toArray();
        return new Expected(
                CorruptionKind.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                Integer.parseInt(cells[1]),
                cells[2],
                Integer.parseInt(cells[3]),
                Arrays.copyOf(numbers, ImageStatistics.COUNT),
                Arrays.copyOfRange(numbers, ImageStatistics.COUNT, 2 * ImageStatistics.COUNT));
    }

    static PlanarImage image(String name) {
        try {
            BufferedImage image = ImageIO.read(path(name + ".png").toFile());
            int pixels = image.getWidth() * image.getHeight();
            float[] values = new float[3 * pixels];
            for (int i = 0; i < pixels; i++) {
                int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
                for (int c = 0; c < 3; c++) {
                    values[c * pixels + i] = (rgb >> (16 - 8 * c) & 0xFF) / 255f;
                }
            }

            return new PlanarImage(3, image.getHeight(), image.getWidth(), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which row or column of an image the i-th of a sample is. */
    static int sampled(int i, int size) {
        return (int) Math.rint(i * (size - 1) / (SAMPLES - 1.0));
    }

    private static Path path(String name) {
        try {
            return Path.of(Fixtures.class.getResource("/corruption").toURI()).resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
