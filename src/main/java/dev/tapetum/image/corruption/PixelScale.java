package dev.tapetum.image.corruption;

/**
 * How lengths that were chosen for images of 224×224 pixels carry over to an image of another size: in proportion to its
 * shorter side, so that a corruption covers the same part of the picture.
 *
 * <p>What becomes shorter than a pixel would vanish, and a blur with it. So a length ℓ becomes {@code max(ℓs, min(ℓ, (1 +
 * ℓs)/2))} with {@code s = shorterSide/224}: below one pixel it is drawn half of the way back to one pixel, though never
 * beyond what it is at 224. The rule is the identity at 224, continuous in the size, and keeps the order of severities.
 *
 * @param ratio s, above 0
 */
record PixelScale(double ratio) {
    private static final double PUBLISHED_SIDE = 224;

    PixelScale {
        if (!(ratio > 0)) {
            throw new IllegalArgumentException("A scale is above 0, not " + ratio);
        }
    }

    static PixelScale of(int height, int width) {
        return new PixelScale(Math.min(height, width) / PUBLISHED_SIDE);
    }

    /** A length in pixels, of a blur or a grain. */
    double length(double published) {
        double scaled = published * ratio;
        return Math.max(scaled, Math.min(published, (1 + scaled) / 2));
    }

    /** A length that may become as short as it will: a distance by which something moves. */
    double distance(double published) {
        return published * ratio;
    }

    /** A whole number of pixels, at least one. */
    int steps(int published) {
        return (int) Math.max(1, Math.round(published * ratio));
    }
}
