package dev.tapetum.image.corruption;

import dev.tapetum.image.PlanarImage;

/**
 * A lens out of focus: every channel is correlated with a disc. The disc is the pixels (x, y) with {@code x² + y² ≤ radius²} on
 * a square grid, divided by their number and smoothed by a small Gaussian against its jagged edge. The grid is 17 pixels wide
 * for a radius up to 8 and as wide as the disc above; the Gaussian has 3 weights along each axis, or 5 above, and mirrors at the
 * edge of the grid, as the image does at its own.
 *
 * <p>At 224 pixels this is the published kernel. Of a small image, whose radius is a fraction of a pixel, the share of each
 * pixel that the disc covers is counted on a finer grid of {@code fineness²} points per pixel, the pixel's centre among them:
 * otherwise radii from 1 to 1.4 would all be the same five pixels.
 *
 * @param radius in pixels, above 0
 * @param aliasBlur standard deviation of the Gaussian, in pixels; it belongs to the grid and is the same for every size
 * @param fineness points along each side of a pixel, odd; 1 is the centre alone
 */
record DefocusBlur(double radius, double aliasBlur, int fineness) implements ImageCorruption {
    private static final int SMALL = 8;

    DefocusBlur {
        if (!(radius > 0) || !(aliasBlur > 0) || fineness < 1 || fineness % 2 == 0) {
            throw new IllegalArgumentException(
                    "A defocus blur needs a radius and a Gaussian above 0 and an odd fineness, not " + radius + ", "
                            + aliasBlur + " and " + fineness);
        }
    }

    /** The published disc, or a finer one where the image is smaller than the published ones. */
    static DefocusBlur scaled(double radius, double aliasBlur, PixelScale scale) {
        int half = scale.ratio() < 1 ? (int) Math.ceil((1 / scale.ratio() - 1) / 2) : 0;
        return new DefocusBlur(scale.length(radius), aliasBlur, 2 * Math.min(half, SMALL) + 1);
    }

    @Override
    public PlanarImage corrupted(PlanarImage image) {
        Stencil disc = stencil();
        return Plane.eachChannel(image, plane -> disc.apply(plane, Border.MIRROR));
    }

    private Stencil stencil() {
        int half = radius <= SMALL ? SMALL : (int) Math.ceil(radius);
        int side = 2 * half + 1;
        Plane disc = Plane.blank(side, side);
        double sum = 0;
        for (int i = 0; i < side * side; i++) {
            disc.values()[i] = covered(i / side - half, i % side - half);
            sum += disc.values()[i];
        }

        for (int i = 0; i < side * side; i++) {
            disc.values()[i] /= sum;
        }

        Plane smooth = Smoothing.gaussian(aliasBlur, radius <= SMALL ? 1 : 2, Border.MIRROR)
                .apply(disc);
        int count = 0;
        for (double weight : smooth.values()) {
            count += weight > 0 ? 1 : 0;
        }

        int[] down = new int[count];
        int[] across = new int[count];
        double[] weights = new double[count];
        int k = 0;
        for (int i = 0; i < side * side; i++) {
            if (smooth.values()[i] > 0) {
                down[k] = i / side - half;
                across[k] = i % side - half;
                weights[k++] = smooth.values()[i];
            }
        }

        return new Stencil(down, across, weights);
    }

    /** How many of a pixel's points lie in the disc. */
    private int covered(int row, int column) {
        int count = 0;
        for (int i = 0; i < fineness * fineness; i++) {
            double y = row + (i / fineness - fineness / 2) / (double) fineness;
            double x = column + (i % fineness - fineness / 2) / (double) fineness;
            count += x * x + y * y <= radius * radius ? 1 : 0;
        }

        return count;
    }
}
