package dev.tapetum.prototype;

/** Refuses parameters, with the name of the key. */
final class Bounds {

    private Bounds() {}

    static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(key + " must be at least " + least + ", not " + value);
        }
    }

    static void above(String key, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + " must be above 0, not " + value);
        }
    }

    static void fromZero(String key, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + " must be a number from 0, not " + value);
        }
    }
}
