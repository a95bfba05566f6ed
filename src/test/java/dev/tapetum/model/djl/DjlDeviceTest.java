package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.DeviceContract;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.probe.TapShift;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DjlDeviceTest extends DeviceContract {

    private static final Stimulus BLACK = new Stimulus.Solid(Toys.INPUT.level(0));
    private static final Difference PATH = new Difference(Stimulus.ORIGINAL, BLACK);

    private static DjlModel relu;
    private static DjlModel tokens;

    @BeforeAll
    static void load() {
        relu = ToyBundles.load(ToyBundles.RELU);
        tokens = ToyBundles.load(ToyBundles.TOKENS);
    }

    @AfterAll
    static void close() {
        relu.close();
        tokens.close();
    }

    @Override
    protected Device open(TwoLayerReluModel model) {
        return (model.tap().layout() == Tap.Layout.TOKENS ? tokens : relu).newDevice();
    }

    /** What a variant answers is what its file answers as a model of its own. */
    @Test
    void aVariantIsAnotherModelOfTheSameForm(@TempDir Path folder) throws IOException {
        Path directory = ToyBundles.bundle(ToyBundles.RELU).directory();
        Files.copy(directory.resolve("noisy-2.pt"), folder.resolve("model.pt"));
        Probe original = Probe.gradient(Stimulus.ORIGINAL, 1);
        Probe ofVariant = new Probe(original.stimulus(), original.ask(), "noisy-2");
        try (DjlModel alone = DjlModel.load(folder, relu.card(), -1);
                Device expected = alone.newDevice();
                Device device = relu.newDevice();
                Device.HeldImage there = expected.hold(Toys.image(1));
                Device.HeldImage here = device.hold(Toys.image(1))) {
            List<Contribution> sum = List.of(Contribution.of(0, 1));
            float[] logits = expected.answer(List.of(new Device.Request(there, original, List.of(), sum)))
                    .get(0)
                    .logits();

            assertThat(device.answer(List.of(new Device.Request(here, ofVariant, List.of(), sum)))
                            .get(0)
                            .logits())
                    .isEqualTo(logits);
            assertThat(device.fetch(here, Fetch.slot(0))).isEqualTo(expected.fetch(there, Fetch.slot(0)));
            assertThat(device.answer(List.of(new Device.Request(here, original, List.of(), List.of())))
                            .get(0)
                            .logits())
                    .isNotEqualTo(logits);
        }
    }

    /** The activation of the one is kept beside the image, and is not taken for the other's. */
    @Test
    void aVariantHasActivationsOfItsOwn() {
        Tap tap = relu.card().taps().get(0);
        Ask shift = new Ask.Steered(new TapShift.Along(tap, new float[] {1, 0, 0, 2}, new float[] {1, 2, 0, -1}));
        Probe ofModel = new Probe(Stimulus.ORIGINAL, shift);
        Probe ofVariant = new Probe(Stimulus.ORIGINAL, shift, "noisy-2");
        try (Device device = relu.newDevice();
                Device.HeldImage one = device.hold(Toys.image(1));
                Device.HeldImage fresh = device.hold(Toys.image(1))) {
            float[] logits = logits(device, one, ofModel);
            float[] others = logits(device, one, ofVariant);

            assertThat(others).isNotEqualTo(logits).isEqualTo(logits(device, fresh, ofVariant));
            assertThat(logits(device, fresh, ofModel)).isEqualTo(logits);
        }
    }

    private static float[] logits(Device device, Device.HeldImage image, Probe probe) {
        return device.answer(List.of(new Device.Request(image, probe, List.of(), List.of())))
                .get(0)
                .logits();
    }

    @Test
    void threadsThatShareAModelFindWhatOneFinds() throws InterruptedException, ExecutionException {
        Map<Integer, float[]> expected = work(0, 40);

        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Map<Integer, float[]>>> shares = new ArrayList<>();
            for (int from : new int[] {0, 10, 20, 30}) {
                shares.add(threads.submit(() -> work(from, from + 10)));
            }

            for (Future<Map<Integer, float[]>> share : shares) {
                share.get()
                        .forEach((image, values) ->
                                assertThat(values).containsExactly(expected.get(image), within(1e-5f)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Resident memory of a process of its own, whose heap is small and touched from the start, so that it cannot grow. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingIsLeftBehindInNativeMemory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1", // the second compiler's own memory comes and goes
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Batches.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines;
        try (var output = process.inputReader()) {
            lines = output.lines().filter(line -> line.startsWith("resident ")).toList();
        }

        assertThat(process.waitFor()).isZero();
        List<Long> quarters =
                lines.stream().map(line -> Long.parseLong(line.substring(9))).toList();
        assertThat(quarters).hasSize(4);
        // A quarter is 300 images, some 500 batches and 20,000 tensors of at least half a kilobyte each, were they
        // left.
        assertThat(quarters.get(3) - quarters.get(1)).isLessThan(6L << 20);
    }

    /** Prints the resident bytes after each quarter of 2000 images. */
    static final class Batches {

        private Batches() {}

        public static void main(String[] arguments) throws IOException {
            load();
            try (Device device = relu.newDevice()) {
                for (int quarter = 0; quarter < 4; quarter++) {
                    work(device, 500 * quarter, 500 * (quarter + 1));
                    System.out.println("resident " + residentBytes());
                }
            }

            close();
        }
    }

    private static Map<Integer, float[]> work(int from, int to) {
        try (Device device = relu.newDevice()) {
            return work(device, from, to);
        }
    }

    /** Everything that a device does, for images {@code from} up to {@code to}; what was found, by image. */
    private static Map<Integer, float[]> work(Device device, int from, int to) {
        Map<Integer, float[]> found = new TreeMap<>();
        new Scheduler(device, 7)
                .run(IntStream.range(from, to)
                        .mapToObj(image -> new Admission<>(
                                Toys.image(image % 50),
                                () -> everything(image).map(values -> Map.entry(image, values))))
                        .iterator())
                .forEachRemaining(outcome ->
                        found.put(outcome.result().getKey(), outcome.result().getValue()));
        return found;
    }

    private static Program<float[]> everything(int image) {
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
            Stimulus point = new Stimulus.Blend(BLACK, Stimulus.ORIGINAL, j / 4.0);
            Stimulus noisy = new Stimulus.Noisy(point, 0.1, image * 10L + j);
            questions.add(new Question(Probe.gradient(point, image % 3), PATH, List.of(Contribution.of(0, 0.25))));
            questions.add(new Question(
                    Probe.gradient(noisy, image % 3),
                    null,
                    List.of(Contribution.of(1 + j, 1), new Contribution(1, 2, PATH, Transform.SQUARE))));
        }

        questions.add(
                Question.of(Probe.logits(new Stimulus.Masked(Stimulus.ORIGINAL, BLACK, new Rectangle(1, 1, 2, 2)))));
        Tap hidden = relu.card().taps().get(0);
        for (int j = 0; j < 6; j++) {
            Stimulus blend = new Stimulus.Blend(BLACK, Stimulus.ORIGINAL, j / 6.0);
            float[] coefficients = {j, image, 0, 1};
            TapShift shift = new TapShift.Along(hidden, coefficients, new float[] {1, 0, 0, -1});
            questions.add(Question.of(new Probe(blend, new Ask.Activation(hidden))));
            questions.add(Question.of(new Probe(blend, new Ask.Steered(shift))));
        }

        questions.add(Question.of(new Probe(new Stimulus.Blurred(Stimulus.ORIGINAL, 1), tap(image % 3))));
        Fetch path = new Fetch(List.of(new Fetch.Term(0, 1)), PATH);
        Fetch noise = new Fetch(
                IntStream.range(1, 5)
                        .mapToObj(slot -> new Fetch.Term(slot, 0.5))
                        .toList(),
                null);
        return Program.asking(new Round(questions, List.of(path, noise)), answers -> {
            float[] all = Arrays.copyOf(answers.sum(0), 2 * Toys.INPUT.size() + 3);
            System.arraycopy(answers.sum(1), 0, all, Toys.INPUT.size(), Toys.INPUT.size());
            System.arraycopy(answers.get(questions.size() - 1).logits(), 0, all, 2 * Toys.INPUT.size(), 3);
            return all;
        });
    }

    private static Ask tap(int target) {
        return new Ask.TapGradient(relu.card().taps().get(0), target);
    }

    private static long residentBytes() throws IOException {
        System.gc();
        try (Scanner pages = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
            pages.nextLong();
            return 4096 * pages.nextLong();
        }
    }
}
