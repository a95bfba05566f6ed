package dev.tapetum.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The pictures that {@code src/test/python/make_image_fixtures.py} wrote. */
final class Fixtures {
    private static final Path ROOT = root();

    private Fixtures() {}

    static List<String> encoded() {
        try (Stream<Path> files = Files.list(ROOT.resolve("decode"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Files.exists(ROOT.resolve("decode").resolve(name + ".png")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String path) {
        try {
            return Files.readAllBytes(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String[]> table(String path) {
        try (Stream<String> lines = Files.lines(ROOT.resolve(path))) {
            return lines.skip(1).map(line -> line.split(",")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An 8-bit RGB file, read by the JDK's PNG reader, so that our own is not its own judge. */
    static RgbImage png(String path) {
        try {
            BufferedImage image = ImageIO.read(ROOT.resolve(path).toFile());
            byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];

            for (int i = 0; i < rgb.length / 3; i++) {
                int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
                rgb[3 * i] = (byte) (pixel >> 16);
                rgb[3 * i + 1] = (byte) (pixel >> 8);
                rgb[3 * i + 2] = (byte) pixel;
            }

            return new RgbImage(image.getWidth(), image.getHeight(), rgb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        try {
            return Path.of(Fixtures.class.getResource("/image").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
