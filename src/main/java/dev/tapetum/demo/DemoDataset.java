package dev.tapetum.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The demo's data set: {@code images} still lifes of the classes and with the biases of {@link PlantedFacts}, made from a seed.
 * The same seed and split give the same pixels on every machine, however many threads render them.
 *
 * @param images how many images, at least one
 * @param seed where all randomness comes from; the two splits of one seed share nothing
 * @param split how often the planted biases occur
 */
public record DemoDataset(int images, long seed, Split split) {
    /** The side of every image in pixels. */
    public static final int SIZE = 96;

    /** The name of the manifest in the rendered directory; its columns are path, label, the attributes and mask. */
    public static final String MANIFEST = "manifest.csv";

    private static final int MAX_IMAGES = 100_000;
    private static final int ATTRIBUTE_STREAM = 0;
    private static final float JPEG_QUALITY = 0.92f;

    public DemoDataset {
        if (images < 1 || images > MAX_IMAGES) {
            throw new IllegalArgumentException("images must be from 1 to " + MAX_IMAGES + ", not " + images);
        }
    }

    /**
     * Writes {@code images/00000.jpg} and on, {@code masks/00000.png} for each image that carries the tag, and {@value #MANIFEST}
     * last, so that a manifest is only ever there with all its images. Paths in the manifest are relative to {@code directory}.
     */
    public void render(Path directory) throws IOException {
        render(directory, Runtime.getRuntime().availableProcessors());
    }

    void render(Path directory, int threads) throws IOException {
        Files.createDirectories(directory.resolve("images"));
        Files.createDirectories(directory.resolve("masks"));
        List<DemoImage> plan = plan();
        DemoRenderer renderer = renderer();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (DemoImage image : plan) {
                pending.add(workers.submit(() -> {
                    write(image, renderer, directory);
                    return image;
                }));
            }

            for (Future<?> image : pending) {
                image.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Rendering was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("An image could not be rendered into " + directory, e.getCause());
        } finally {
            workers.shutdownNow();
        }

        List<String> lines = new ArrayList<>(List.of(DemoImage.HEADER));
        plan.forEach(image -> lines.add(image.manifestLine()));
        Files.write(directory.resolve(MANIFEST), lines);
    }

    /** Writes {@code subjects/00000.png} and on: white where an image shows its subject, black elsewhere. */
    void renderSubjects(Path directory) throws IOException {
        Path subjects = Files.createDirectories(directory.resolve("subjects"));
        DemoRenderer renderer = renderer();
        for (DemoImage image : plan()) {
            Files.write(subjects.resolve("%05d.png".formatted(image.index())), png(renderer.subject(image)));
        }
    }

    /** What is in each image, in the order of the manifest. */
    List<DemoImage> plan() {
        return IntStream.range(0, images)
                .mapToObj(index -> DemoImage.draw(index, split, SeededRandom.of(splitSeed(), index, ATTRIBUTE_STREAM)))
                .toList();
    }

    DemoRenderer renderer() {
        return new DemoRenderer(splitSeed(), SIZE);
    }

    private long splitSeed() {
        return SeededRandom.mix(seed) + split.stream();
    }

    private static void write(DemoImage image, DemoRenderer renderer, Path directory) throws IOException {
        Files.write(directory.resolve(image.path()), jpeg(renderer.render(image)));
        if (image.tag()) {
            Files.write(
                    directory.resolve(image.maskPath()), png(renderer.tag(image).mask(SIZE)));
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** The spurious cue by itself as a PNG file, for an audit that puts it on images. */
    public static byte[] tagPicture() throws IOException {
        return png(Tag.alone(SIZE));
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }

        return bytes.toByteArray();
    }
}
