package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.tapetum.UserError;
import dev.tapetum.spec.SplitMix64;

/**
 * Whether PyTorch computes rightly on this processor. The oneDNN 3.7 inside libtorch 2.7 is wrong, and not by rounding, in
 * convolutions whose channels are no multiple of its vectors' length on AMD's processors of family 26 (Zen 5), unless it is kept
 * from AVX. An audit of numbers that are wrong without a word would be worse than none, so every process convolves a little image
 * before it loads a model, and compares with plain loops.
 */
final class EngineCheck {

    private static final int SIDE = 32;
    private static final int IMAGES = 2;

    /** Sums of some hundred products of normal numbers in single precision err by less than a thousandth of this. */
    private static final double TOLERANCE = 0.01;

    private static volatile boolean passed;

    private EngineCheck() {}

    /** @throws UserError when a convolution is wrong, with what to set */
    static void require(NDManager manager) {
        if (passed) {
            return;
        }

        for (int channels : new int[] {12, 20, 24}) {
            double error = error(manager, channels);
            if (!(error < TOLERANCE)) {
                throw new UserError("PyTorch computes convolutions wrongly on this processor (off by " + error
                        + "): set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 before the start, on a cluster with"
                        + " --conf spark.executorEnv.ONEDNN_MAX_CPU_ISA=SSE41");
            }
        }

        passed = true;
    }

    private static double error(NDManager manager, int channels) {
        SplitMix64 random = new SplitMix64(channels);
        float[] image = normal(random, IMAGES * channels * SIDE * SIDE);
        float[] weights = normal(random, channels * channels * 9);
        float[] computed;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray convolved = Conv2d.conv2d(
                            scratch.create(image, new Shape(IMAGES, channels, SIDE, SIDE)),
                            scratch.create(weights, new Shape(channels, channels, 3, 3)),
                            scratch.zeros(new Shape(channels)),
                            new Shape(1, 1),
                            new Shape(1, 1))
                    .get(0);
            convolved.attach(scratch);
            computed = convolved.toFloatArray();
        }

        double worst = 0;
        for (int at = 0; at < computed.length; at++) {
            worst = Math.max(worst, Math.abs(computed[at] - sum(image, weights, channels, at)));
        }

        return worst;
    }

    private static double sum(float[] image, float[] weights, int channels, int at) {
        int column = at % SIDE;
        int row = at / SIDE % SIDE;
        int to = at / (SIDE * SIDE) % channels;
        int first = at / (SIDE * SIDE) / channels * channels;
        double sum = 0;
        for (int from = 0; from < channels; from++) {
            for (int i = 0; i < 9; i++) {
                int y = row + i / 3 - 1;
                int x = column + i % 3 - 1;
                if (y >= 0 && y < SIDE && x >= 0 && x < SIDE) {
                    sum += (double) weights[(to * channels + from) * 9 + i]
                            * image[((first + from) * SIDE + y) * SIDE + x];
                }
            }
        }

        return sum;
    }

    private static float[] normal(SplitMix64 random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextNormal();
        }

        return values;
    }
}
