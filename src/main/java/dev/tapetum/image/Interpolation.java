package dev.tapetum.image;

/**
 * The filter of a resize: a function of the distance to the wanted point, in pixels of the smaller of the two grids, that
 * is zero from {@code support} on. {@link #NEAREST} weighs nothing: it copies the pixel under the wanted point.
 */
public enum Interpolation {
    NEAREST(0),
    BILINEAR(1),
    BICUBIC(2);

    private final double support;

    Interpolation(double support) {
        this.support = support;
    }

    double support() {
        return support;
    }

    /**
     * The weight of a sample at a distance: the triangle 1 - |x| for bilinear, the cubic convolution kernel of Keys (1981,
     * "Cubic convolution interpolation for digital image processing", eq. 4, with a = -1/2) for bicubic.
     */
    double weight(double distance) {
        double x = Math.abs(distance);

        if (x >= support) {
            return 0;
        }

        return switch (this) {
            case NEAREST, BILINEAR -> 1 - x;
            case BICUBIC -> x < 1 ? (1.5 * x - 2.5) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * -0.5;
        };
    }
}
