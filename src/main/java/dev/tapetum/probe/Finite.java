package dev.tapetum.probe;

/** Whether what a model answers can be reckoned with. */
public final class Finite {

    private Finite() {}

    /** Whether none of the values is infinite or no number; of no values it is true. */
    public static boolean all(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }

        return true;
    }
}
