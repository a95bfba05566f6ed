package dev.tapetum.image.corruption;

import dev.tapetum.spec.SplitMix64;

/**
 * One octave of gradient noise (Perlin 2002, "Improving noise", with free directions): unit vectors of random direction stand on
 * a square lattice; at a place inside of a cell each of its four corners contributes the product of its vector with the way from
 * it, and the four are mixed by {@code 6t⁵ − 15t⁴ + 10t³}. The lattice is shifted by a random part of a cell. Most of the power
 * lies in the octave of wavelengths from one cell to two.
 */
final class GradientNoise {
    /**
     * Deviation of the noise before it is scaled, {@code √(4AB)} with {@code A = ∫t²w²} and {@code B = ∫w²} over [0, 1], where
     * {@code w = 1 − 6t⁵ + 15t⁴ − 10t³}: four corners, and half of the squared way for the product with a random direction in
     * each of the two directions.
     */
    private static final double DEVIATION = Math.sqrt(0.046531150427254336);

    private final int across;
    private final double[] gradientX;
    private final double[] gradientY;
    private final Axis rows;
    private final Axis columns;

    private GradientNoise(Axis rows, Axis columns, int down, int across, SplitMix64 random) {
        this.rows = rows;
        this.columns = columns;
        this.across = across;
        this.gradientX = new double[down * across];
        this.gradientY = new double[down * across];
        for (int i = 0; i < gradientX.length; i++) {
            double angle = 2 * StrictMath.PI * random.nextDouble();
            gradientX[i] = StrictMath.cos(angle);
            gradientY[i] = StrictMath.sin(angle);
        }
    }

    /**
     * Adds an octave to a plane.
     *
     * @param cell side of a cell in pixels, above 0
     * @param deviation of the octave, over all draws
     */
    static void add(Plane plane, double cell, double deviation, SplitMix64 random) {
        Axis rows = Axis.of(plane.height(), cell, random.nextDouble());
        Axis columns = Axis.of(plane.width(), cell, random.nextDouble());
        int down = rows.lattice[plane.height() - 1] + 2;
        int across = columns.lattice[plane.width() - 1] + 2;
        new GradientNoise(rows, columns, down, across, random).add(plane, deviation / DEVIATION);
    }

    private void add(Plane plane, double scale) {
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                plane.values()[row * plane.width() + column] += scale * at(row, column);
            }
        }
    }

    private double at(int row, int column) {
        int corner = rows.lattice[row] * across + columns.lattice[column];
        double y = rows.beyond[row];
        double x = columns.beyond[column];
        double right = columns.mixed[column];
        double upper = (1 - right) * product(corner, x, y) + right * product(corner + 1, x - 1, y);
        double lower =
                (1 - right) * product(corner + across, x, y - 1) + right * product(corner + across + 1, x - 1, y - 1);

        return upper + rows.mixed[row] * (lower - upper);
    }

    private double product(int corner, double x, double y) {
        return gradientX[corner] * x + gradientY[corner] * y;
    }

    /** In which cell each pixel lies, how far from its start, and how much of its end is mixed in. */
    private record Axis(int[] lattice, double[] beyond, double[] mixed) {

        static Axis of(int size, double cell, double shift) {
            int[] lattice = new int[size];
            double[] beyond = new double[size];
            double[] mixed = new double[size];
            for (int i = 0; i < size; i++) {
                double place = i / cell + shift;
                lattice[i] = (int) place;
                double t = place - lattice[i];
                beyond[i] = t;
                mixed[i] = t * t * t * (t * (6 * t - 15) + 10);
            }

            return new Axis(lattice, beyond, mixed);
        }
    }
}
