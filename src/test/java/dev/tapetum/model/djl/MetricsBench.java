package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.BenchTable;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Subject;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.attributionmetric.Deletion;
import dev.tapetum.attributionmetric.Explanation;
import dev.tapetum.attributionmetric.Infidelity;
import dev.tapetum.attributionmetric.Insertion;
import dev.tapetum.attributionmetric.MaxSensitivity;
import dev.tapetum.attributionmetric.Measurement;
import dev.tapetum.attributionmetric.Perturbation;
import dev.tapetum.attributionmetric.Reading;
import dev.tapetum.attributionmetric.Road;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five metrics of one method on one thread, and which part of their time the model takes: as many bare calls of it,
 * on a tensor that is there already, take the time that no engine can save. On the demo's CNN or {@code
 * -Dbench.model}, with {@code -Dbench.images} images.
 */
@Tag("bench")
class MetricsBench {

    private static final Attributor METHOD = new InputXGradient();
    private static final List<AttributionMetric> METRICS = List.of(
            new Deletion(new Baseline.Mean(), 224),
            new Insertion(new Baseline.Blur(5), 224),
            new Road(Road.Order.MORF, 50, 0.01),
            new Infidelity(new Baseline.Mean(), 0.1, 50, true, Infidelity.Unit.AUTO),
            new MaxSensitivity(new Perturbation.Uniform(0.02), 10));

    @TempDir
    static Path folder;

    @Test
    void fiveMetricsAgainstTheBareModel() throws IOException {
        ModelBundle bundle = EngineBench.bundle(folder);
        List<float[]> images = EngineBench.images(folder, bundle, Integer.getInteger("bench.images", 100));
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1)) {
            Cost few = measure(model, images.subList(0, 1));
            bare(model, few);
            List<Cost> cost = new ArrayList<>();
            double measured = EngineBench.rate(images.size(), () -> cost.add(measure(model, images)));
            double alone = EngineBench.rate(images.size(), () -> bare(model, cost.get(0)));
            InputSpec input = bundle.card().input();
            BenchTable.compare(
                    "deletion, insertion, road, infidelity and max-sensitivity, %d images of %dx%d, %d forward and %d gradient"
                            .formatted(
                                    images.size(),
                                    input.width(),
                                    input.height(),
                                    cost.get(0).forwardMade(),
                                    cost.get(0).gradientMade()),
                    "images/s",
                    "metrics",
                    measured,
                    "the model alone",
                    alone);
        }
    }

    /** All metrics of all images; what they cost together. */
    private static Cost measure(DjlModel model, List<float[]> images) {
        List<Cost> costs = new ArrayList<>();
        try (DjlDevice device = model.newDevice()) {
            new Scheduler(device, 64)
                    .run(images.stream().map(image -> admission(model, image)).iterator())
                    .forEachRemaining(outcome -> costs.add(outcome.cost()));
        }

        return costs.stream().reduce(new Cost(0, 0, 0, 0), MetricsBench::sum);
    }

    private static Admission<List<List<List<Reading>>>> admission(DjlModel model, float[] image) {
        return new Admission<>(image, () -> {
            Subject subject = Subject.of(image, 0, model.card(), 1);
            return METHOD.program(subject)
                    .then(attribution -> new Measurement(
                                    METRICS,
                                    List.of(new Explanation(subject, METHOD, attribution, List.of(), null, null)))
                            .program());
        });
    }

    private static Cost sum(Cost a, Cost b) {
        return new Cost(
                a.forwardAsked() + b.forwardAsked(),
                a.forwardMade() + b.forwardMade(),
                a.gradientAsked() + b.gradientAsked(),
                a.gradientMade() + b.gradientMade());
    }

    private static void bare(DjlModel model, Cost cost) {
        InputSpec input = model.card().input();
        ModelCalls calls = new ModelCalls(model.module());
        try (NDManager manager = model.module().newManager()) {
            int rows = CallShape.of(manager.getDevice(), input).rows();
            Shape shape = new Shape(rows, input.channels(), input.height(), input.width());
            for (long made = 0; made < cost.forwardMade(); made += rows) {
                try (NDManager scratch = manager.newSubManager()) {
                    calls.logits(scratch.zeros(shape), rows);
                }
            }

            for (long made = 0; made < cost.gradientMade(); made += rows) {
                try (NDManager scratch = manager.newSubManager()) {
                    NDArray zeros = scratch.zeros(shape);
                    calls.inputGradients(zeros, Collections.nCopies(rows, new Ask.InputGradient(0)));
                }
            }
        }
    }
}
