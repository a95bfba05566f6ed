package dev.tapetum.model.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.BenchTable;
import dev.tapetum.image.Colour;
import dev.tapetum.intervention.Brightness;
import dev.tapetum.intervention.Canvas;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Followed;
import dev.tapetum.intervention.Intervention;
import dev.tapetum.intervention.Place;
import dev.tapetum.intervention.PropertyGradient;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interventions of 21 steps on one thread, with everything that an audit makes of them (edits, their check, the shuffling test),
 * against as many plain forward evaluations of the same model on a tensor that is there already. On the demo's CNN or {@code
 * -Dbench.model}, with {@code -Dbench.images} images.
 */
@Tag("bench")
class InterventionBench {

    private static final int STEPS = 21;
    private static final int SHUFFLES = 1000;
    private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 3);
    private static final List<Editor> EDITORS = List.of(
            new Brightness(-0.4, 0.4, STEPS),
            new Stamp(null, new Place.Square(0.8, 0.8, 0.15), new Colour("#ffff00"), null, 0.05, 1, STEPS));

    @TempDir
    static Path folder;

    @Test
    void brightnessAndStampAgainstTheBareModel() throws IOException {
        ModelBundle bundle = EngineBench.bundle(folder);
        List<float[]> images = EngineBench.images(folder, bundle, Integer.getInteger("bench.images", 200));
        InputSpec input = bundle.card().input();
        int evaluations = images.size() * EDITORS.size() * STEPS;
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1)) {
            intervene(model, images.subList(0, 2));
            bare(model, EDITORS.size() * STEPS);
            double[] edited = new double[REPETITIONS];
            double[] plain = new double[REPETITIONS];
            for (int i = 0; i < REPETITIONS; i++) {
                edited[i] = EngineBench.rate(evaluations, () -> intervene(model, images));
                plain[i] = EngineBench.rate(evaluations, () -> bare(model, evaluations));
            }

            BenchTable.compare(
                    "brightness and stamp in %d steps each, %d images of %dx%d"
                            .formatted(STEPS, images.size(), input.width(), input.height()),
                    "evaluations/s",
                    "interventions",
                    BenchTable.median(edited),
                    "the model alone",
                    BenchTable.median(plain));
        }
    }

    private static void intervene(DjlModel model, List<float[]> images) {
        try (DjlDevice device = model.newDevice()) {
            new Scheduler(device, 64)
                    .run(images.stream().map(image -> admission(model, image)).iterator())
                    .forEachRemaining(outcome -> {});
        }
    }

    private static Admission<List<PropertyGradient>> admission(DjlModel model, float[] image) {
        return new Admission<>(image, () -> {
            Canvas canvas = Canvas.of(image, model.card().input(), 1);
            Program<List<PropertyGradient>> all = Program.done(List.of());
            for (Editor editor : EDITORS) {
                all = all.then(before -> new Intervention(editor, canvas)
                        .program()
                        .map(response -> {
                            List<PropertyGradient> gradients = new ArrayList<>(before);
                            gradients.add(response.gradient(Followed.PROBABILITY, 0, SHUFFLES, 1));
                            return gradients;
                        }));
            }

            return all;
        });
    }

    private static void bare(DjlModel model, int evaluations) {
        InputSpec input = model.card().input();
        ModelCalls calls = new ModelCalls(model.module());
        try (NDManager manager = model.module().newManager()) {
            int rows = CallShape.of(manager.getDevice(), input).rows();
            Shape shape = new Shape(rows, input.channels(), input.height(), input.width());
            for (int made = 0; made < evaluations; made += rows) {
                try (NDManager scratch = manager.newSubManager()) {
                    calls.logits(scratch.zeros(shape), rows);
                }
            }
        }
    }
}
