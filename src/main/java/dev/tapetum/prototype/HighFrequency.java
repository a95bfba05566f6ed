package dev.tapetum.prototype;

/**
 * How much neighbouring values differ: {@code mean |x[c, y, x+1] − x[c, y, x]| + mean |x[c, y+1, x] − x[c, y, x]|}, either mean over
 * all channels and all pairs of neighbours. The mean over no pairs, in an image that is one pixel wide or high, is 0.
 *
 * <p>Where two neighbours are equal the modulus has no derivative, and 0 stands for it.
 */
record HighFrequency(int channels, int height, int width) {

    double value(double[] x) {
        double across = 0;
        double down = 0;
        for (int i = 0; i < x.length; i++) {
            across += hasRight(i) ? Math.abs(x[i + 1] - x[i]) : 0;
            down += hasBelow(i) ? Math.abs(x[i + width] - x[i]) : 0;
        }

        return across * perPairAcross() + down * perPairDown();
    }

    /** Adds {@code weight} times the gradient at {@code x}. */
    void addGradient(double weight, double[] x, double[] gradient) {
        double acrossWeight = weight * perPairAcross();
        double downWeight = weight * perPairDown();
        for (int i = 0; i < x.length; i++) {
            if (hasRight(i)) {
                double slope = acrossWeight * Math.signum(x[i + 1] - x[i]);
                gradient[i + 1] += slope;
                gradient[i] -= slope;
            }

            if (hasBelow(i)) {
                double slope = downWeight * Math.signum(x[i + width] - x[i]);
                gradient[i + width] += slope;
                gradient[i] -= slope;
            }
        }
    }

    private boolean hasRight(int i) {
        return i % width < width - 1;
    }

    private boolean hasBelow(int i) {
        return i / width % height < height - 1;
    }

    private double perPairAcross() {
        return width == 1 ? 0 : 1.0 / ((double) channels * height * (width - 1));
    }

    private double perPairDown() {
        return height == 1 ? 0 : 1.0 / ((double) channels * (height - 1) * width);
    }
}
