package dev.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.spec.SplitMix64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AffineWarpTest {

    private static final int CHANNELS = 2;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 7;

    /** Values of size one in float32. */
    private static final float ROUNDING = 1e-6f;

    /** Among them a move by a whole side, which mirrors, and a turn that leaves the image at all four corners. */
    static Stream<AffineWarp> warps() {
        return Stream.of(
                AffineWarp.rotation(0),
                AffineWarp.rotation(33),
                AffineWarp.scale(0.6),
                AffineWarp.scale(1.7),
                AffineWarp.translation(1, 30),
                new AffineWarp(0.9, 0.2, -0.15, 1.1, 0.07, -0.21));
    }

    @ParameterizedTest
    @MethodSource("warps")
    void theValuesMovedAreThoseOfTheMovedImage(AffineWarp warp) {
        double[] values = uniform(1);
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }

        double[] moved = warp.moved(CHANNELS, HEIGHT, WIDTH, values);

        float[] expected =
                warp.apply(new PlanarImage(CHANNELS, HEIGHT, WIDTH, floats)).values();
        for (int i = 0; i < moved.length; i++) {
            assertThat((float) moved[i]).isCloseTo(expected[i], within(ROUNDING));
        }
    }

    /** {@code ⟨T x, y⟩ = ⟨x, T* y⟩}, in doubles. */
    @ParameterizedTest
    @MethodSource("warps")
    void whatPullsBackIsTheAdjointOfWhatMoves(AffineWarp warp) {
        double[] x = uniform(2);
        double[] y = uniform(3);

        double ahead = product(warp.moved(CHANNELS, HEIGHT, WIDTH, x), y);

        assertThat(product(x, warp.pulledBack(CHANNELS, HEIGHT, WIDTH, y))).isCloseTo(ahead, within(1e-12));
    }

    private static double[] uniform(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] values = new double[CHANNELS * HEIGHT * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble();
        }

        return values;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
