package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.util.List;

/** Runs a method on a toy model. */
final class Attributing {

    static final long SEED = 7;

    /** Of the toys' own shape. */
    static final List<float[]> REFERENCES = List.of(Toys.image(101), Toys.image(102), Toys.image(103));

    private Attributing() {}

    static Attribution attribute(Attributor method, Model model, float[] pixels, int target) {
        return outcome(method, model, pixels, target).result();
    }

    static Outcome<Attribution> outcome(Attributor method, Model model, float[] pixels, int target) {
        ModelCard card = model instanceof TwoLayerReluModel && model.input().equals(Toys.INPUT)
                ? Toys.cardWithVariants()
                : Toys.card(model);
        Subject subject = Subject.of(pixels, target, card, SEED).withReferences(REFERENCES);
        Admission<Attribution> admission = new Admission<>(pixels, () -> method.program(subject));
        return new Scheduler(new HostDevice(model, Toys.variants()), 16)
                .run(List.of(admission).iterator())
                .next();
    }

    static float[] values(Attributor method, Model model, float[] pixels, int target) {
        return attribute(method, model, pixels, target).values().values();
    }

    /** A function of one number: {@code constant + Σ_k weight_k · max(0, slope_k · x + bias_k)}, with black at 0. */
    static TwoLayerReluModel ofOneNumber(double constant, double[] weights, double[] slopes, double[] biases) {
        double[][] w1 = new double[slopes.length][];
        for (int k = 0; k < w1.length; k++) {
            w1[k] = new double[] {slopes[k]};
        }

        Tap tap = new Tap("hidden", Tap.Layout.SPATIAL, slopes.length, 1, 1, 0);
        return new TwoLayerReluModel(
                InputSpec.raw(1, 1, 1), tap, w1, biases, new double[][] {weights}, new double[] {constant});
    }

    /** A function of two pixels side by side: {@code Σ_k weight_k · max(0, ⟨rows_k, x⟩ + bias_k)}, with black at 0. */
    static TwoLayerReluModel ofTwoNumbers(double[] weights, double[][] rows, double[] biases) {
        Tap tap = new Tap("hidden", Tap.Layout.SPATIAL, rows.length, 1, 1, 0);
        return new TwoLayerReluModel(
                InputSpec.raw(1, 1, 2), tap, rows, biases, new double[][] {weights}, new double[] {0});
    }

    static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }

        return floats;
    }
}
