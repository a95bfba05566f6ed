package dev.tapetum.image.corruption;

/**
 * The motion blur of ImageMagick, by which the published images were made. It is one-sided: a pixel becomes the mean of {@code
 * 2⌈radius⌉ + 1} pixels on a ray that starts at it, the i-th with weight {@code exp(−i²/2σ²)} and at the distance {@code
 * (⌈i cos φ − 1/2⌉, ⌈i sin φ − 1/2⌉)} to the right and down. The edge of the image is repeated beyond it.
 *
 * @param radius in pixels
 * @param sigma in pixels, above 0
 * @param degrees φ, clockwise from the right
 */
record MotionTrail(double radius, double sigma, double degrees) {

    Plane apply(Plane plane) {
        return stencil().apply(plane, Border.NEAREST);
    }

    private Stencil stencil() {
        int width = 2 * (int) Math.ceil(radius) + 1;
        double angle = StrictMath.toRadians(degrees);
        double right = StrictMath.cos(angle);
        double below = StrictMath.sin(angle);
        int[] down = new int[width];
        int[] across = new int[width];
        double[] weights = new double[width];
        double sum = 0;
        for (int i = 0; i < width; i++) {
            down[i] = (int) Math.ceil(i * below - 0.5);
            across[i] = (int) Math.ceil(i * right - 0.5);
            weights[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
            sum += weights[i];
        }

        for (int i = 0; i < width; i++) {
            weights[i] /= sum;
        }

        return new Stencil(down, across, weights);
    }
}
