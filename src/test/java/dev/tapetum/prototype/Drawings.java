package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.spec.SplitMix64;
import java.util.List;

/** Runs the programs of generators, and makes what they are run on. */
public final class Drawings {

    private Drawings() {}

    static <R> R run(Program<R> program, Model model) {
        return run(program, new HostDevice(model), 16);
    }

    /** The image that it is about is a grey that is never asked for. */
    public static <R> R run(Program<R> program, Device device, int batch) {
        float[] grey = new float[device.input().size()];
        return new Scheduler(device, batch)
                .run(List.of(new Admission<>(grey, () -> program)).iterator())
                .next()
                .result();
    }

    /** Two classes with independent standard normal weights, and no bias. */
    static LinearModel linear(InputSpec input, long seed) {
        return new LinearModel(
                input, new double[][] {normal(input.size(), seed), normal(input.size(), seed + 1000)}, new double[2]);
    }

    static double[] normal(int count, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextNormal();
        }

        return values;
    }

    static double[] uniform(int count, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextDouble();
        }

        return values;
    }

    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }

        return sum;
    }

    static double cosine(double[] a, double[] b) {
        return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    }
}
