package dev.tapetum.report;

/**
 * How the strength of a map's cell becomes a colour. Both scales can be told apart with every common kind of colour
 * blindness, and the stronger end is told by opacity as well.
 */
enum ColourScale {
    /** For maps without a sign: violet for weak over rose to yellow for strong, ever lighter. */
    SEQUENTIAL("sequential") {
        @Override
        int colour(float strength) {
            return strength < MIDDLE
                    ? blend(VIOLET, ROSE, strength / MIDDLE)
                    : blend(ROSE, YELLOW, (strength - MIDDLE) / (1 - MIDDLE));
        }
    },
    /** For signed maps: vermilion speaks for the class, blue against it. */
    DIVERGING("diverging") {
        @Override
        int colour(float strength) {
            return strength < 0 ? BLUE : VERMILION;
        }
    };

    private static final float MIDDLE = 0.5f;
    private static final int VIOLET = 0x5B2C83;
    private static final int ROSE = 0xDE4968;
    private static final int YELLOW = 0xFEDC5A;
    private static final int BLUE = 0x0072B2;
    private static final int VERMILION = 0xD55E00;

    private final String text;

    ColourScale(String text) {
        this.text = text;
    }

    /** The colour as 0xRRGGBB of a strength in [-1, 1], of which sequential maps have the upper half only. */
    abstract int colour(float strength);

    /** The name of the scale in the page. */
    String text() {
        return text;
    }

    /** {@code share} of the second colour over the first, each channel rounded to the nearest level. */
    static int blend(int under, int over, float share) {
        int blended = 0;

        for (int shift = 16; shift >= 0; shift -= Byte.SIZE) {
            int from = under >> shift & 0xFF;
            int to = over >> shift & 0xFF;
            blended |= Math.round(from + share * (to - from)) << shift;
        }

        return blended;
    }
}
