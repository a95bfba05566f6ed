package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.BenchTable;
import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.Subject;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.Split;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine on one thread against a hand-written loop over the same DJL calls, on the demo's CNN or on the bundle named
 * by {@code -Dbench.model}, with {@code -Dbench.images} images; with {@code -Dbench.python}, a Python that has PyTorch,
 * also against the plain loop there.
 */
@Tag("bench")
class EngineBench {

    private static final int STEPS = 50;
    private static final int CALL = 10;
    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 5);
    private static final @Nullable String PYTHON = System.getProperty("bench.python");

    @TempDir
    static Path folder;

    @Test
    void fiftyStepsAgainstAHandWrittenLoop() throws IOException, InterruptedException {
        ModelBundle bundle = bundle(folder);
        List<float[]> images = images(folder, bundle, Integer.getInteger("bench.images", 32));
        Attributor method = new IntegratedGradients(new Baseline.Mean(), STEPS, 0.01, 0.5, 400);
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1)) {
            byHand(model, images.subList(0, 4));
            byEngine(model, images.subList(0, 4), method);
            double[] hand = new double[REPETITIONS];
            double[] engine = new double[REPETITIONS];
            double[] python = new double[REPETITIONS];
            for (int i = 0; i < REPETITIONS; i++) {
                hand[i] = rate(images.size(), () -> byHand(model, images));
                engine[i] = rate(images.size(), () -> byEngine(model, images, method));
                if (PYTHON != null) {
                    python[i] = byPython(PYTHON, bundle, images.size());
                }
            }

            InputSpec input = bundle.card().input();
            String what = "integrated gradients, " + STEPS + " steps, " + input.width() + "x" + input.height();
            BenchTable.compare(
                    what,
                    "images/s",
                    "engine",
                    BenchTable.median(engine),
                    "hand-written loop",
                    BenchTable.median(hand));
            if (PYTHON != null) {
                BenchTable.compare(
                        what,
                        "images/s",
                        "engine",
                        BenchTable.median(engine),
                        "plain PyTorch",
                        BenchTable.median(python));
            }
        }
    }

    @Test
    void refinementAgainstFixedNodes() throws IOException {
        ModelBundle bundle = bundle(folder);
        List<float[]> images = images(folder, bundle, Integer.getInteger("bench.images", 32));
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1)) {
            List<Attribution> refined =
                    byEngine(model, images, new IntegratedGradients(new Baseline.Black(), 0, 0.01, 0.5, 400));
            double mean = refined.stream()
                    .mapToInt(Attribution::evaluations)
                    .average()
                    .orElseThrow();
            double reached = error99(refined);
            for (int steps : new int[] {20, 50, 100, 200, 400}) {
                List<Attribution> fixed =
                        byEngine(model, images, new IntegratedGradients(new Baseline.Black(), steps, 0.01, 0.5, 400));
                BenchTable.compare(
                        "gradients; 99th percentile of completeness error %.4f refined, %.4f fixed"
                                .formatted(reached, error99(fixed)),
                        "per image",
                        "refined to 1%",
                        mean,
                        "fixed",
                        steps);
            }
        }
    }

    @Test
    void memoryOverTwentyThousandImages() throws IOException {
        ModelBundle bundle = bundle(folder);
        int count = Integer.getInteger("bench.memory.images", 20_000);
        Attributor method = new IntegratedGradients(new Baseline.Black(), 4, 0.01, 0.5, 400);
        List<float[]> images = images(folder, bundle, 64);
        List<Long> resident = new ArrayList<>();
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                DjlDevice device = model.newDevice()) {
            Iterator<Admission<Attribution>> admissions = IntStream.range(0, count)
                    .mapToObj(i -> admission(model, images.get(i % images.size()), method))
                    .iterator();
            Iterator<Outcome<Attribution>> outcomes = new Scheduler(device, 64).run(admissions);
            for (int i = 0; outcomes.hasNext(); i++) {
                outcomes.next();
                if (i % 100 == 0) {
                    resident.add(residentBytes());
                }
            }
        }

        double second = mean(resident.subList(resident.size() / 4, resident.size() / 2));
        double last = mean(resident.subList(resident.size() * 3 / 4, resident.size()));
        BenchTable.compare("resident memory over " + count + " images", "MiB", "last quarter", last, "second", second);
        assertThat(last).isLessThanOrEqualTo(1.03 * second);
    }

    static ModelBundle bundle(Path folder) throws IOException {
        String named = System.getProperty("bench.model");
        if (named != null) {
            return ModelBundle.read(Path.of(named), named);
        }

        DemoModel.CNN.copyTo(folder.resolve("cnn"));
        return ModelBundle.read(folder.resolve("cnn"), "the demo's CNN");
    }

    /** The demo's images as the model takes them. */
    static List<float[]> images(Path folder, ModelBundle bundle, int count) throws IOException {
        Path photos = folder.resolve("photos-" + count);
        new DemoDataset(count, 3, Split.AUDIT).render(photos);
        List<float[]> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(photos.resolve("images"))) {
            for (Path file : files.sorted().toList()) {
                RgbImage image = ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT);
                images.add(
                        bundle.preprocessing().normalise(bundle.preprocessing().frame(image)));
            }
        } catch (RejectedImageException e) {
            throw new IOException(e);
        }

        return images;
    }

    private static Admission<Attribution> admission(DjlModel model, float[] image, Attributor method) {
        return new Admission<>(image, () -> method.program(Subject.of(image, 0, model.card(), 1)));
    }

    private static List<Attribution> byEngine(DjlModel model, List<float[]> images, Attributor method) {
        List<Attribution> results = new ArrayList<>();
        try (DjlDevice device = model.newDevice()) {
            new Scheduler(device, 64)
                    .run(images.stream()
                            .map(image -> admission(model, image, method))
                            .iterator())
                    .forEachRemaining(outcome -> results.add(outcome.result()));
        }

        return results;
    }

    /** Midpoints, which cost what any other rule of as many nodes costs, from a baseline of zeros. */
    private static List<Attribution> byHand(DjlModel model, List<float[]> images) {
        InputSpec input = model.card().input();
        for (float[] pixels : images) {
            try (NDManager manager = model.module().newManager()) {
                NDArray image = manager.create(pixels, new Shape(1, input.channels(), input.height(), input.width()));
                NDArray sum = manager.zeros(image.getShape());
                for (int start = 0; start < STEPS; start += CALL) {
                    try (NDManager scratch = manager.newSubManager()) {
                        int rows = Math.min(CALL, STEPS - start);
                        float[] alphas = new float[rows];
                        for (int j = 0; j < rows; j++) {
                            alphas[j] = (start + j + 0.5f) / STEPS;
                        }

                        image.attach(scratch);
                        NDArray points = image.mul(scratch.create(alphas, new Shape(rows, 1, 1, 1)));
                        image.attach(manager);
                        points.setRequiresGradient(true);
                        NDArray logits = model.module().runWithGradient("forward", points);
                        NDArray target = scratch.zeros(logits.getShape());
                        target.set(new NDIndex(":, 0"), 1f);
                        NDArray gradient = TorchScript.backward(logits, target, points);
                        sum.addi(gradient.sum(new int[] {0}, true));
                    }
                }

                assertThat(sum.div(STEPS).mul(image).toFloatArray()).hasSize(input.size());
            }
        }

        return List.of();
    }

    /** Images per second, as the script says. */
    private static double byPython(String python, ModelBundle bundle, int images)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        python,
                        "src/test/python/plain_integrated_gradients.py",
                        bundle.directory().resolve("model.pt").toString(),
                        "--size=" + bundle.card().input().width(),
                        "--images=" + images,
                        "--steps=" + STEPS,
                        "--batch=" + CALL)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of " + python).isZero();
        return Double.parseDouble(printed.strip());
    }

    static double rate(int images, Runnable work) {
        long start = System.nanoTime();
        work.run();
        return images / ((System.nanoTime() - start) / 1e9);
    }

    private static double error99(List<Attribution> attributions) {
        double[] errors = attributions.stream()
                .mapToDouble(
                        a -> Math.abs(a.completenessDelta()) / Math.max(Math.abs(a.score() - a.baselineScore()), 0.5))
                .sorted()
                .toArray();
        return errors[(int) Math.ceil(0.99 * errors.length) - 1];
    }

    private static double mean(List<Long> bytes) {
        return bytes.stream().mapToLong(Long::longValue).average().orElseThrow() / (1 << 20);
    }

    private static long residentBytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
        return Long.parseLong(pages) * 4096;
    }
}
