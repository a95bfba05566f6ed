package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;
import dev.tapetum.spec.SplitMix64;

/**
 * Stretched rubber: an affine map, and then a displacement of every pixel.
 *
 * <p>The affine map takes three corners of a square around the image's middle, a third of the shorter side to each direction,
 * to places that are each moved by two numbers uniform on [−corners, corners]; the image is mirrored at its edges. Then pixel
 * (x, y) is read at {@code (x + dx, y + dy)}, where dx and dy are {@code alpha} times the Gaussian smoothing (cut off at 3σ,
 * reflected) of numbers uniform on [−1, 1]; the image is reflected at its edges. Both readings are bilinear.
 *
 * <p>Deviation: OpenCV rounds the places of the first reading to 1/32 of a pixel; ours are exact.
 *
 * @param alpha of the displacement, in pixels
 * @param sigma of the smoothing, in pixels, above 0
 * @param corners in pixels
 */
record Elastic(double alpha, double sigma, double corners, long seed) implements ImageCorruption {
    private static final double TRUNCATE = 3;

    Elastic {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("The sigma of an elastic transform is above 0, not " + sigma);
        }
    }

    /**
     * For an image of any size. A mean of noise over an area of σ² pixels has a deviation of 1/σ, so that displacements follow
     * {@code alpha/sigma}: alpha is scaled so that this quotient follows the size.
     */
    static Elastic scaled(double alpha, double sigma, double corners, PixelScale scale, long seed) {
        double smooth = scale.length(sigma);
        return new Elastic(scale.distance(alpha) * (smooth / sigma), smooth, scale.distance(corners), seed);
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        SplitMix64 random = new SplitMix64(seed);
        Affine source = source(image, random);
        Plane across = displacement(image, random);
        Plane down = displacement(image, random);

        return Plane.eachChannel(image, plane -> displaced(mapped(plane, source), across, down));
    }

    private Plane displacement(PlanarImage image, SplitMix64 random) {
        Plane noise = Plane.blank(image.height(), image.width());
        for (int i = 0; i < noise.values().length; i++) {
            noise.values()[i] = alpha * random.between(-1, 1);
        }

        return Smoothing.gaussian(sigma, Smoothing.radius(sigma, TRUNCATE), Border.REFLECT)
                .apply(noise);
    }

    private static Plane mapped(Plane plane, Affine source) {
        Plane mapped = Plane.blank(plane.height(), plane.width());
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                mapped.values()[row * plane.width() + column] =
                        plane.between(source.y(column, row), source.x(column, row), Border.MIRROR);
            }
        }

        return mapped;
    }

    private static Plane displaced(Plane plane, Plane across, Plane down) {
        Plane displaced = Plane.blank(plane.height(), plane.width());
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                displaced.values()[row * plane.width() + column] =
                        plane.between(row + down.at(row, column), column + across.at(row, column), Border.REFLECT);
            }
        }

        return displaced;
    }

    /** From a place of the result to the place of the image that is seen there: the three corners, taken back. */
    private Affine source(PlanarImage image, SplitMix64 random) {
        int x = image.width() / 2;
        int y = image.height() / 2;
        int side = Math.max(1, Math.min(image.width(), image.height()) / 3);
        double[] cornersX = {x + side, x + side, x - side};
        double[] cornersY = {y + side, y - side, y - side};
        double[] movedX = new double[3];
        double[] movedY = new double[3];
        for (int i = 0; i < 3; i++) {
            movedX[i] = cornersX[i] + random.between(-corners, corners);
            movedY[i] = cornersY[i] + random.between(-corners, corners);
        }

        return Affine.between(movedX, movedY, cornersX, cornersY);
    }

    /** {@code (xx·x + xy·y + x0, yx·x + yy·y + y0)}. */
    private record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {

        /** The map that takes three points to three others, by Cramer's rule. */
        static Affine between(double[] fromX, double[] fromY, double[] toX, double[] toY) {
            double ax = fromX[1] - fromX[0];
            double ay = fromY[1] - fromY[0];
            double bx = fromX[2] - fromX[0];
            double by = fromY[2] - fromY[0];
            double area = ax * by - ay * bx;
            double xx = ((toX[1] - toX[0]) * by - ay * (toX[2] - toX[0])) / area;
            double xy = (ax * (toX[2] - toX[0]) - (toX[1] - toX[0]) * bx) / area;
            double yx = ((toY[1] - toY[0]) * by - ay * (toY[2] - toY[0])) / area;
            double yy = (ax * (toY[2] - toY[0]) - (toY[1] - toY[0]) * bx) / area;

            return new Affine(
                    xx, xy, toX[0] - xx * fromX[0] - xy * fromY[0], yx, yy, toY[0] - yx * fromX[0] - yy * fromY[0]);
        }

        double x(double x, double y) {
            return xx * x + xy * y + x0;
        }

        double y(double x, double y) {
            return yx * x + yy * y + y0;
        }
    }
}
