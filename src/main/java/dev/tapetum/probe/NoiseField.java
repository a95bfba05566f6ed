package dev.tapetum.probe;

import dev.tapetum.spec.SplitMix64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One long, fixed sequence of standard normal values, of which every noisy stimulus takes the window that its seed
 * names.
 *
 * <p>The field is the same in every process, so a window is a function of its seed alone, and a device uploads the
 * field once and cuts windows out of it instead of receiving new noise for every probe. Two windows may overlap, but
 * shifted: values that share a pixel stay independent unless two seeds name the very same start, which happens with
 * probability {@code 1 / (length − window)}. The field is at least 2²² values long and at least eight windows.
 */
public final class NoiseField {

    private static final long SEED = 0x7A9E7C4DL;
    private static final int LEAST = 1 << 22;
    private static final int WINDOWS = 8;
    private static final ConcurrentMap<Integer, NoiseField> BY_LENGTH = new ConcurrentHashMap<>();

    private final float[] values;

    private NoiseField(float[] values) {
        this.values = values;
    }

    /** The field that serves windows of this many values; drawn once per process and size class. */
    public static NoiseField standardNormal(int window) {
        return BY_LENGTH.computeIfAbsent(length(window), length -> new NoiseField(draw(length)));
    }

    /** Where the window named by {@code seed} starts. */
    public int offset(long seed, int window) {
        return (int) Math.floorMod(Seeds.mix(seed), (long) (values.length - window));
    }

    public int length() {
        return values.length;
    }

    public float value(int index) {
        return values[index];
    }

    /** A copy of the whole field, for a device to keep. */
    public float[] toArray() {
        return values.clone();
    }

    private static int length(int window) {
        int length = LEAST;
        while (length < (long) window * WINDOWS) {
            length = Math.multiplyExact(length, 2);
        }

        return length;
    }

    /** Box–Muller, both normals of each pair of uniforms; {@code StrictMath}, so that every machine draws the same. */
    private static float[] draw(int length) {
        SplitMix64 random = Seeds.stream(SEED);
        float[] values = new float[length];
        for (int i = 0; i < length; i += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(random.nextOpenDouble()));
            double angle = 2 * StrictMath.PI * random.nextOpenDouble();
            values[i] = (float) (radius * StrictMath.cos(angle));
            values[i + 1] = (float) (radius * StrictMath.sin(angle));
        }

        return values;
    }
}
