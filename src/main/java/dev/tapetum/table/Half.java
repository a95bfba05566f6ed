package dev.tapetum.table;

/**
 * IEEE 754 binary16, which Java 17 does not know: one sign bit, 5 bits of exponent (bias 15), 10 bits of fraction.
 *
 * <ul>
 *   <li>From float: the nearest half, ties to even, also among subnormals; beyond 65,520 infinity; below 2⁻²⁵ zero, sign
 *       kept.
 *   <li>NaN stays NaN (with the top bits of its payload, quiet).
 *   <li>To float is exact, so that half to float to half is the identity on all that is not a signalling NaN.
 * </ul>
 */
final class Half {
    private static final int FRACTION_SHIFT = 23 - 10;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final int INFINITE = 0x7c00;
    private static final int QUIET = 0x0200;
    /** The value of the lowest fraction bit of a subnormal half. */
    private static final float SUBNORMAL_STEP = 0x1p-24f;

    private Half() {}

    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fff_ffff;

        if (Float.isNaN(value)) {
            return (short) (sign | INFINITE | QUIET | ((magnitude >>> FRACTION_SHIFT) & 0x1ff));
        }

        float absolute = Math.abs(value);

        if (absolute < 0x1p-14f) {
            // Math.rint rounds ties to even; a subnormal that rounds up to 1024 is the smallest normal, as it should
            // be.
            return (short) (sign | (int) Math.rint((double) absolute / SUBNORMAL_STEP));
        }

        // Adding half of the last kept place, or just under it when that place is even, rounds to nearest, ties to
        // even;
        // a carry out of the fraction moves the exponent on.
        int rounded = magnitude + 0xfff + ((magnitude >>> FRACTION_SHIFT) & 1);
        int half = (rounded >>> FRACTION_SHIFT) - (BIAS_DIFFERENCE << 10);

        return (short) (sign | Math.min(half, INFINITE));
    }

    static float toFloat(short half) {
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        int sign = (half & 0x8000) << 16;

        if (exponent == 0) {
            return Math.copySign(fraction * SUBNORMAL_STEP, Float.intBitsToFloat(sign | 0x3f80_0000));
        }

        int wide = exponent == 0x1f ? 0xff : exponent + BIAS_DIFFERENCE;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << FRACTION_SHIFT));
    }
}
