package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.PixelValues;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.model.RuledModel;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs a metric on a toy model. */
final class Measuring {

    static final long SEED = 7;

    private Measuring() {}

    /** Two classes, {@code Σ w x} and 0, of one row of grey pixels between black at 0 and white at 1. */
    static LinearModel row(double... weights) {
        InputSpec input = InputSpec.raw(1, 1, weights.length);
        return new LinearModel(input, new double[][] {weights, new double[weights.length]}, new double[2]);
    }

    static double measure(
            AttributionMetric metric, Attributor method, Model model, float[] pixels, boolean @Nullable [] mask) {
        return outcome(metric, method, model, pixels, mask, 16).result().get(0).value();
    }

    /** Everything that the metric reads; another method of the run says the same. */
    /** A card with whatever the model can be asked; the toy of two layers also has its randomised copies. */
    static ModelCard card(Model model) {
        if (model instanceof TwoLayerReluModel && model.input().equals(Toys.INPUT)) {
            return Toys.cardWithVariants();
        }

        List<String> classes =
                IntStream.range(0, model.classes()).mapToObj(c -> "class" + c).toList();
        Set<Rule> rules = model instanceof RuledModel ruled ? ruled.rules() : Set.of();
        return new ModelCard("toy", model.input(), classes, List.of(), model.getClass(), rules, List.of());
    }

    static Outcome<List<Reading>> outcome(
            AttributionMetric metric,
            Attributor method,
            Model model,
            float[] pixels,
            boolean @Nullable [] mask,
            int batch) {
        Subject subject = Subject.of(pixels, 0, card(model), SEED);
        Supplier<Program<List<Reading>>> program = () -> method.program(subject)
                .then(attribution -> metric.program(new Explanation(
                        subject,
                        method,
                        attribution,
                        List.of(new Explanation.Other(method, attribution)),
                        null,
                        mask)));
        return new Scheduler(new HostDevice(model, Toys.variants()), batch)
                .run(List.of(new Admission<>(pixels, program)).iterator())
                .next();
    }

    /** An explanation of a row of pixels whose map is given. */
    static Explanation explanation(Attributor method, boolean @Nullable [] mask, float... map) {
        LinearModel model = row(new double[map.length]);
        ModelCard card = new ModelCard("toy", model.input(), List.of("a", "b"), List.of(), model.getClass());
        float[] pixels = new float[map.length];
        return new Explanation(Subject.of(pixels, 0, card, SEED), method, attribution(map), List.of(), null, mask);
    }

    static Attribution attribution(float... map) {
        PixelValues values = new PixelValues(1, 1, map.length, PixelValues.Spread.AMOUNT, map);
        return new Attribution(0, Double.NaN, Double.NaN, 1, values);
    }
}
