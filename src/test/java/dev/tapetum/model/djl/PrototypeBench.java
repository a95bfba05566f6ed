package dev.tapetum.model.djl;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.prototype.Drawn;
import dev.tapetum.prototype.Generator;
import dev.tapetum.spec.Place;
import dev.tapetum.spec.RecordBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a prototype of every class of the demo's CNN or {@code -Dbench.model} costs, and what the model thinks of it; for the
 * generators {@code -Dbench.generators}, separated by semicolons, with {@code -Dbench.seeds} seeds; pictures go to {@code
 * -Dbench.pictures}.
 */
@Tag("bench")
class PrototypeBench {

    @TempDir
    static Path folder;

    private record OfClass(int classIndex, List<Drawn> drawn) {}

    @Test
    void prototypesOfAllClasses() throws IOException {
        ModelBundle bundle = EngineBench.bundle(folder);
        RecordBinder binder =
                new RecordBinder(ConfigFactory.parseResources("reference.conf").getObject("tapetum.defaults"));
        List<Long> seeds = LongStream.range(0, Integer.getInteger("bench.seeds", 2))
                .boxed()
                .toList();
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            for (String text : System.getProperty("bench.generators", "prototype;activation-maximisation")
                    .split(";")) {
                measure(bundle, device, binder.parse(Generator.class, text, new Place("bench.generators")), seeds);
            }
        }
    }

    private static void measure(ModelBundle bundle, Device device, Generator generator, List<Long> seeds)
            throws IOException {
        int classes = bundle.card().classes().size();
        float[] grey = new float[bundle.card().input().size()];
        long start = System.nanoTime();
        Iterator<Outcome<OfClass>> outcomes = new Scheduler(device, 128)
                .run(IntStream.range(0, classes)
                        .mapToObj(c -> new Admission<>(
                                grey,
                                () -> generator.program(bundle.card(), c, seeds).map(drawn -> new OfClass(c, drawn))))
                        .iterator());
        List<Outcome<OfClass>> found = new ArrayList<>();
        outcomes.forEachRemaining(found::add);
        double seconds = (System.nanoTime() - start) / 1e9;

        long gradients =
                found.stream().mapToLong(one -> one.cost().gradientMade()).sum();
        System.out.printf(
                Locale.ROOT,
                "%s%n%.2f s per prototype, %.0f gradients each%n",
                generator,
                seconds / (classes * seeds.size()),
                (double) gradients / (classes * seeds.size()));
        for (Outcome<OfClass> one : found) {
            show(bundle, one.result());
        }
    }

    private static void show(ModelBundle bundle, OfClass one) throws IOException {
        String pictures = System.getProperty("bench.pictures");
        for (int i = 0; i < one.drawn().size(); i++) {
            Drawn drawn = one.drawn().get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s logit %7.2f, probability %.4f, %d steps, variance at the start %.1e%n",
                    bundle.card().classes().get(one.classIndex()),
                    drawn.logit(one.classIndex()),
                    drawn.probability(one.classIndex()),
                    drawn.steps(),
                    drawn.startVariance());
            if (pictures != null) {
                Path file = Path.of(pictures, bundle.card().classes().get(one.classIndex()) + "-" + i + ".png");
                Files.createDirectories(file.getParent());
                Files.write(
                        file,
                        ImageEncoder.png(bundle.card()
                                .input()
                                .denormalised(drawn.values())
                                .toRgb()));
            }
        }
    }
}
