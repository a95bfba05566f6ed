package dev.tapetum.image.corruption;

import java.util.Arrays;

/**
 * A separable smoothing: a symmetric kernel along the columns, and then along the rows.
 *
 * <p>What lies beyond a border is made of the samples inside, so that a sum over a long kernel is a shorter sum over these
 * samples. The kernel is folded so before it is applied; one that reaches over the whole plane costs no more than the plane
 * is long.
 *
 * @param kernel an odd number of weights, the middle one for the pixel itself
 */
record Smoothing(double[] kernel, Border border) {

    /**
     * {@code exp(−i²/2σ²)} for i from −radius to radius, divided by the sum.
     *
     * @param sigma in pixels, above 0
     */
    static Smoothing gaussian(double sigma, int radius, Border border) {
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = StrictMath.exp(-i * i / (2 * sigma * sigma));
            sum += kernel[i + radius];
        }

        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }

        return new Smoothing(kernel, border);
    }

    /** The radius at which SciPy cuts off a Gaussian: {@code ⌊truncate · σ + 1/2⌋}. */
    static int radius(double sigma, double truncate) {
        return (int) (truncate * sigma + 0.5);
    }

    Plane apply(Plane plane) {
        Plane down = alongColumns(plane);
        return alongColumns(down.transposed()).transposed();
    }

    private Plane alongColumns(Plane plane) {
        int height = plane.height();
        int width = plane.width();
        int radius = kernel.length / 2;
        Plane smooth = Plane.blank(height, width);
        double[] folded = new double[height];
        double[] sums = new double[width];
        for (int row = 0; row < height; row++) {
            Arrays.fill(folded, 0);
            for (int i = -radius; i <= radius; i++) {
                folded[border.index(row + i, height)] += kernel[i + radius];
            }

            Arrays.fill(sums, 0);
            for (int from = 0; from < height; from++) {
                if (folded[from] != 0) {
                    add(plane.values(), from * width, folded[from], sums);
                }
            }

            System.arraycopy(sums, 0, smooth.values(), row * width, width);
        }

        return smooth;
    }

    private static void add(double[] from, int start, double weight, double[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * from[start + x];
        }
    }
}
